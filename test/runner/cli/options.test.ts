import { describe, expect, test } from "vitest";
import { errorLine } from "#runner/judge/error-line.js";
import { UsageError } from "#runner/errors.js";
import { helpFor } from "#runner/cli/help.js";
import { readOptions } from "#runner/cli/options.js";

describe("the command line", () => {
  test("names and options may be mixed", () => {
    const options = readOptions(["a.ipynb", "--rerun", "3", "b", "--cell-timeout=0.5"]);
    expect(options).toMatchObject({ names: ["a.ipynb", "b"], rounds: 3, cellTimeoutSeconds: 0.5 });
  });

  test.each([
    [["--nope"], /--nope/],
    [["--jobs", "0"], /--jobs takes a whole number/],
    [["--jobs", "two"], /--jobs takes a whole number/],
    [["--rerun", "1.5"], /--rerun takes a whole number/],
    [["--cell-timeout", "-1"], /cell-timeout/],
    [["--cell-timeout", ""], /--cell-timeout takes a number of seconds/],
    [["--kernel"], /--kernel/],
  ])("%j is refused with the reason", (args, reason) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(reason);
  });
});

test("a command may have options of its own, which help and reading know", () => {
  const options = [{ name: "redis-url", value: "URL", help: "one for all" }];
  expect(readOptions(["--redis-url", "redis://a", "b"], options)).toMatchObject({
    names: ["b"],
    own: { "redis-url": "redis://a" },
  });
  expect(() => readOptions(["--redis-url", "redis://a"])).toThrow(/--redis-url/);
  const command = { command: "run", defaults: ["notebooks"], folderName: ".kept" };
  expect(helpFor({ ...command, options })).toMatch(/^ {2}--redis-url URL {11}one for all$/m);
  expect(helpFor({ ...command, options: [] })).not.toMatch(/redis|OWN\n|FOLDER|\.lab/);
});

describe("the line an error points to", () => {
  test("is what the compiler tells", () => {
    expect(errorLine("a\nlet y: string = 5", "2:5 - Type 'number' is not assignable")).toBe(2);
  });

  test("is the line whose text stands above the caret", () => {
    const source = "interface A {}\n\nconst a = 1;\nthrow new Error('boom')";
    const error = 'evalmachine.<anonymous>:4\nthrow new Error("boom");\n^\n\nError: boom';
    expect(errorLine(source, error)).toBe(4);
  });

  test("is the frame's, when nothing moves the lines", () => {
    const error = "TypeError: async\n    at evalmachine.<anonymous>:4:7\n";
    expect(errorLine("const a = 1;\n\nawait f(a)", error)).toBe(3);
    expect(errorLine("import a from 'a';\nawait f(a)", error)).toBeUndefined();
  });

  test("is IPython's arrow", () => {
    expect(errorLine("a\nb", "\u001b[32m----> \u001b[39m\u001b[32m2\u001b[39m b")).toBe(2);
  });

  test("is unknown when the text does not tell", () => {
    expect(errorLine("a", "something went wrong")).toBeUndefined();
  });
});
