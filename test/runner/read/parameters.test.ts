import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UsageError } from "#runner/errors.js";
import { declaredParameters } from "#runner/read/inspect.js";
import { parseNotebook } from "#runner/read/notebook.js";
import { readParameterFile } from "#runner/read/parameter-file.js";
import { assignments, readParameters, withParameters } from "#runner/read/parameters.js";
import { notebookText } from "../fixtures.js";

const sources = (text: string, language = "typescript", pairs = ["n=3", "name=Ada"]) =>
  withParameters(parseNotebook("x.ipynb", text), readParameters(pairs), language).cells.map(
    ({ source }) => source,
  );
const written = (language: string, ...pairs: string[]) =>
  assignments(readParameters(pairs), language, "x.ipynb");

test("values are JSON or numbers, or else texts", () => {
  const pairs = ["a=1", "b=true", "c=x=y", 'd=["1"]', "e=", 'f="2"', "g=null", "h=.5", "i=007"];
  expect(written("python", ...pairs).split("\n")).toEqual([
    "a = 1",
    "b = True",
    'c = "x=y"',
    'd = ["1"]',
    'e = ""',
    'f = "2"',
    "g = None",
    "h = 0.5",
    'i = "007"',
  ]);
});

test.each(["n", "=3", "1n=3", "a-b=3"])("%j is refused", (pair) => {
  expect(() => readParameters([pair])).toThrow(UsageError);
});

describe("what was written comes, in the language's own words", () => {
  const BIG = "12345678901234567890";
  test.each([
    ["typescript", `n=${BIG}`, `let n = ${BIG}n;`],
    ["javascript", `n=-${BIG}`, `let n = -${BIG}n;`],
    ["python", `n=[${BIG}]`, `n = [${BIG}]`],
    ["julia", `n=${BIG}`, `n = ${BIG}`],
    ["typescript", "n=9007199254740991", "let n = 9007199254740991;"],
    ["python", "n=0.10", "n = 0.10"],
    ["typescript", "n=1e-7", "let n = 1e-7;"],
    ["r", "n=3", "n <- 3"],
    ["typescript", "d=2024-01-31", 'let d = "2024-01-31";'],
    ["python", 'o={"k": [true, null, "é\\""]}', 'o = {"k": [True, None, "é\\""]}'],
    ["r", 'o={"k": [true, null, "a"]}', 'o <- list("k" = list(TRUE, NULL, "a"))'],
    ["julia", 'o={"k": ["$HOME", null]}', 'o = Dict("k" => ["\\$HOME", nothing])'],
    ["javascript", 'o={"__proto__": 1}', 'let o = {["__proto__"]: 1};'],
  ])("%s, %s", (language, pair, expected) => {
    expect(written(language, pair)).toBe(expected);
  });

  test.each([
    ["typescript", "f=1e400", /f cannot be set in typescript: 1e400 is beyond/],
    ["python", "f=[1e400]", /1e400 is beyond/],
    ["python", "f=1e-400", /smaller/],
    ["r", `n=${BIG}`, /more digits/],
    ["r", 's="a\\u0000b"', /NUL/],
    ["cobol", "n=1", /language "cobol"/],
  ])("%s, %s is refused", (language, pair, message) => {
    expect(() => written(language, pair)).toThrow(message);
    expect(() => written(language, pair)).toThrow(UsageError);
  });
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

test("without parameters nothing is put in", () => {
  expect(sources(notebookText([{ source: "1" }]), "cobol", [])).toEqual(["1"]);
});

describe("files", () => {
  async function fromFile(name: string, text: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "parameters "));
    try {
      await writeFile(join(folder, name), text);
      return assignments(await readParameterFile(join(folder, name)), "python", "x.ipynb");
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  test("in YAML keep numbers, dates and aliases", async () => {
    const yaml = `
n: 12345678901234567890
f: 0.10
h: 0xFFFFFFFFFFFFFFFFF
i: -.inf
date: 2024-01-31
base: &base {a: [1, yes]}
again: *base
`;
    expect((await fromFile("p.yaml", yaml)).split("\n")).toEqual([
      "n = 12345678901234567890",
      "f = 0.10",
      "h = 295147905179352825855",
      'i = float("-inf")',
      'date = "2024-01-31"',
      'base = {"a": [1, "yes"]}',
      'again = {"a": [1, "yes"]}',
    ]);
  });

  test("in JSON, too", async () => {
    expect(await fromFile("p.json", '{"n": 12345678901234567890, "x": null}')).toBe(
      "n = 12345678901234567890\nx = None",
    );
  });

  test.each([
    ["[1]", /holds no names/],
    ["a b: 1", /"a b" is no name/],
    ["{", /parameters/],
  ])("%s is refused", async (text, message) => {
    await expect(fromFile("p.yml", text)).rejects.toThrow(message);
    await expect(fromFile("p.yml", text)).rejects.toThrow(UsageError);
  });
});

describe("a notebook's own parameters", () => {
  const declared = (language: string, source: string) =>
    declaredParameters(
      parseNotebook("x", notebookText([{ source, tags: ["parameters"] }])),
      language,
    ).map(({ name, type, value, help }) => [name, type, value, help]);

  test("in Python, by annotation, comment or value", () => {
    const source = `msg = None
a: float = 2.25 # Variable a
b = [
    'Hello', # First element
    'World'
] # type: List[str] Nice list
c: "NoneType" = None
d = "x # y"
f(e=1)
e == 2`;
    expect(declared("python", source)).toEqual([
      ["msg", "", "None", ""],
      ["a", "float", "2.25", "Variable a"],
      ["b", "List[str]", "[\n    'Hello', # First element\n    'World'\n]", "Nice list"],
      ["c", "NoneType", "None", ""],
      ["d", "string", '"x # y"', ""],
    ]);
  });

  test("in TypeScript, R and Julia", () => {
    const source = `const n: number = 3; // how many
let f: (x: number) => number = (x) => x;
const urls = ["http://a", // one
  "b"];`;
    expect(declared("typescript", source)).toEqual([
      ["n", "number", "3", "how many"],
      ["f", "(x: number) => number", "(x) => x", ""],
      ["urls", "list", '["http://a", // one\n  "b"]', ""],
    ]);
    expect(declared("r", "n <- 3L # how many\nname = 'x'")).toEqual([
      ["n", "integer", "3L", "how many"],
      ["name", "string", "'x'", ""],
    ]);
    expect(declared("julia", "const n::Int = 3\nx = true")).toEqual([
      ["n", "Int", "3", ""],
      ["x", "boolean", "true", ""],
    ]);
  });

  test("are none without a cell that declares them, and in a language that is not known", () => {
    const plain = parseNotebook("x", notebookText([{ source: "n = 1" }]));
    expect(declaredParameters(plain, "python")).toEqual([]);
    expect(declared("cobol", "n = 1")).toEqual([]);
  });
});
