import { expect, test } from "vitest";
import { UsageError } from "#runner/errors.js";
import { parseNotebook } from "#runner/read/notebook.js";
import { readParameters, withParameters } from "#runner/read/parameters.js";
import { notebookText } from "../fixtures.js";

const sources = (text: string, language = "typescript", pairs = ["n=3", "name=Ada"]) =>
  withParameters(parseNotebook("x.ipynb", text), readParameters(pairs), language).cells.map(
    ({ source }) => source,
  );

test("values are JSON, or else texts", () => {
  const pairs = ["a=1", "b=true", "c=x=y", 'd=["1"]', "e=", 'f="2"', "g=null"];
  expect(readParameters(pairs)).toEqual({
    a: 1,
    b: true,
    c: "x=y",
    d: ["1"],
    e: "",
    f: "2",
    g: null,
  });
});

test.each(["n", "=3", "1n=3", "a-b=3"])("%j is refused", (pair) => {
  expect(() => readParameters([pair])).toThrow(UsageError);
});

test("a cell is put after the one tagged parameters", () => {
  const text = notebookText([
    { source: "import a from 'a';" },
    { source: "let n = 1;", tags: ["parameters"] },
    { source: "n" },
  ]);
  expect(sources(text)).toEqual([
    "import a from 'a';",
    "let n = 1;",
    'let n = 3;\nlet name = "Ada";',
    "n",
  ]);
});

test("or before the first code cell, and in place of one that is there already", () => {
  expect(sources(notebookText([{ source: "n" }]))[1]).toBe("n");
  const earlier = { source: "let n = 9;", tags: ["injected-parameters"] };
  expect(sources(notebookText([{ source: "1" }, earlier, { source: "n" }]))).toEqual([
    "1",
    'let n = 3;\nlet name = "Ada";',
    "n",
  ]);
});

test("Python has its own words", () => {
  const pairs = ["a=true", "b=null", 'c=[false,{"k":"é\\""}]', "d=-1.5"];
  expect(sources(notebookText([{ source: "a" }]), "python", pairs)[0]).toBe(
    'a = True\nb = None\nc = [False, {"k": "é\\""}]\nd = -1.5',
  );
});

test("a language that is not known is refused by name", () => {
  expect(() => sources(notebookText([{ source: "1" }]), "julia")).toThrow(/language "julia"/);
});

test("without parameters nothing is put in", () => {
  expect(sources(notebookText([{ source: "1" }]), "julia", [])).toEqual(["1"]);
});
