import { describe, expect, test } from "vitest";
import { compareOutputs } from "#runner/judge/compare/compare-outputs.js";
import { BUILT_IN_MASKS } from "#runner/judge/compare/masks.js";
import type { Output } from "#runner/read/output.js";

// On the left what tslab gives (and notebooks store), on the right what other kernels send.
const out = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const err = (text: string): Output => ({ output_type: "stream", name: "stderr", text });
const result = (plain: string, more: object = {}): Output => ({
  output_type: "execute_result",
  data: { "text/plain": plain, ...more },
  metadata: {},
});
const error = (ename: string, evalue: string): Output => ({
  output_type: "error",
  ename,
  evalue,
  traceback: [`${ename}: ${evalue}`, "    at cell 3, line 1"],
});
const differ = async (stored: Output[], came: Output[]) =>
  (await compareOutputs(stored, came, BUILT_IN_MASKS))?.text;

describe("a result that one kernel prints and another returns", () => {
  test.each<[string, Output[], Output[]]>([
    ["a number", [out("2\n")], [result("2")]],
    ["an object", [out("{ a: 'x', b: [ 1, 2 ] }\n")], [result("{ a: 'x', b: [ 1, 2 ] }")]],
    ["several lines", [out("[\n  1\n]\n")], [result("[\n  1\n]")]],
    ["a text, in quotes or not", [out("it's\n")], [result('"it\'s"')]],
    ["a text with escapes", [out("a\tb\n")], [result("'a\\tb'")]],
    ["what was printed before it", [out("first\n2\n")], [out("first\n"), result("2")]],
    ["richer forms beside the text", [out("2\n")], [result("2", { "text/html": "<b>2</b>" })]],
  ])("is equal: %s", async (_what, stored, came) => {
    expect(await differ(stored, came)).toBeUndefined();
    expect(await differ(came, stored)).toBeUndefined();
  });

  test.each<[string, Output[], Output[]]>([
    ["another value", [out("2\n")], [result("3")]],
    ["another order", [out("2\nlast\n")], [out("last\n"), result("2")]],
    ["a value that is missing", [out("first\n")], [out("first\n"), result("2")]],
    ["nothing printed", [], [result("2")]],
  ])("differs: %s", async (_what, stored, came) => {
    expect(await differ(stored, came)).toBeDefined();
  });

  test("is told by the name of its rule in a diff", async () => {
    expect(await differ([out("2\n")], [result("3")])).toBe(
      "Compared by the rules: result-as-text\n" +
        "--- expected\n+++ actual\n@@ -1,2 +1,2 @@\n [stdout]\n-2\n+3",
    );
  });

  test("on both sides, its richer forms count", async () => {
    const [bold, plain] = [{ "text/html": "<b>2</b>" }, { "text/html": "2" }];
    expect(await differ([result("2", bold)], [result("2", plain)])).toContain("-<b>\n");
  });
});

/** As Node 20 writes it: code frame, name and message, stack. */
const FRAMES =
  "    at evalmachine.<anonymous>:4:7\n    at Script.runInThisContext (node:vm:135:14)\n" +
  "    at async JupyterHandlerImpl.handleExecute (/srv/tslab/dist/jupyter.js:208:21)";

describe("an error that one kernel writes to stderr and another sends", () => {
  test.each<[string, string, Output]>([
    [
      "with code frame and stack",
      `evalmachine.<anonymous>:4\nthrow new Error('boom\\nmore');\n^\n\nError: boom\nmore\n${FRAMES}\n`,
      error("Error", "boom\nmore"),
    ],
    [
      "without either",
      "ConnectionFailedError: Cannot connect (ECONNREFUSED).\n",
      error("ConnectionFailedError", "Cannot connect (ECONNREFUSED)."),
    ],
    [
      "with class and name, and properties",
      `SimpleError [ReplyError]: ERR value is not an integer\n${FRAMES} {\n  command: { name: 'incr', args: [ 'k' ] }\n}\n`,
      error("ReplyError", "ERR value is not an integer"),
    ],
    [
      "with a code",
      `TypeError [ERR_INVALID_ARG_TYPE]: The "path" argument must be of type string.\n${FRAMES} {\n  code: 'ERR_INVALID_ARG_TYPE'\n}\n`,
      error("TypeError", 'The "path" argument must be of type string.'),
    ],
    [
      "with a cause",
      `Mine: custom\n${FRAMES} {\n  [cause]: Error: why\n      at new MyError (evalmachine.<anonymous>:4:40)\n}\n`,
      error("Mine", "custom"),
    ],
    ["in brackets, when it has no stack", "[Error: bare]\n", error("Error", "bare")],
    ["a text that was thrown", "text\n", error("Error", "text")],
    ["an object that was thrown", "{ a: 1 }\n", error("Error", "{ a: 1 }")],
    [
      "of the compiler",
      "1:7 - Type 'string' is not assignable to type 'number'.\n",
      error("TypeScriptError", "Type 'string' is not assignable to type 'number'. (2322)"),
    ],
  ])("is equal: %s", async (_what, text, came) => {
    expect(await differ([err(text)], [came])).toBeUndefined();
    expect(await differ([came], [err(text)])).toBeUndefined();
  });

  test("what was printed to stderr before it still counts", async () => {
    const text = `careful\nevalmachine.<anonymous>:4\nthrow x;\n^\n\nError: boom\n${FRAMES}\n`;
    expect(await differ([err(text)], [err("careful\n"), error("Error", "boom")])).toBeUndefined();
    expect(await differ([err(text)], [error("Error", "boom")])).toContain("-careful");
  });

  test("the code frame of a file whose folder has a space does not count", async () => {
    const text = `/my files/x.js:16\n  throw x;\n  ^\n\nError: boom\n${FRAMES}\n`;
    expect(await differ([err(text)], [error("Error", "boom")])).toBeUndefined();
  });

  test.each<[string, Output[], Output[]]>([
    ["another message", [err(`Error: boom\n${FRAMES}\n`)], [error("Error", "bang")]],
    ["another name", [err(`TypeError: boom\n${FRAMES}\n`)], [error("Error", "boom")]],
    ["a longer message", [err(`Error: boom and more\n${FRAMES}\n`)], [error("Error", "boom")]],
    ["no error at all", [err("careful\n")], [err("careful\n"), error("Error", "boom")]],
    ["nothing on stderr", [], [error("Error", "boom")]],
  ])("differs: %s", async (_what, stored, came) => {
    expect(await differ(stored, came)).toBeDefined();
  });

  test("is told by name and message in a diff, without frames", async () => {
    expect(await differ([err(`Error: boom\n${FRAMES}\n`)], [error("Error", "bang")])).toBe(
      "Compared by the rules: error-as-text\n" +
        "--- expected\n+++ actual\n@@ -1,2 +1,2 @@\n [error]\n-Error: boom⏎̸\n+Error: bang⏎̸",
    );
  });
});

describe("what some kernels show and others do not", () => {
  const display = (data: Record<string, unknown>): Output => ({
    output_type: "display_data",
    data,
    metadata: {},
  });

  test.each<[string, Output[], Output[]]>([
    ["null as a result", [out("first\n")], [out("first\n"), result("null")]],
    ["null that is printed", [out("null\n")], [result("null")]],
    ["colours", [out("{ a: 1 }\n")], [out("{ a: \u001b[33m1\u001b[39m }\n")]],
    [
      "a text beside a display",
      [display({ "text/html": "<b>x</b>" })],
      [display({ "text/html": "<b>x</b>", "text/plain": "x" })],
    ],
  ])("is equal: %s", async (_what, stored, came) => {
    expect(await differ(stored, came)).toBeUndefined();
    expect(await differ(came, stored)).toBeUndefined();
  });

  test.each<[string, Output[], Output[]]>([
    ["a text in place of null", [result("1")], [result("null")]],
    ["another text in colours", [out("1\n")], [out("\u001b[33m2\u001b[39m\n")]],
    [
      "another display beside a text",
      [display({ "text/html": "<b>x</b>" })],
      [display({ "text/html": "<b>y</b>", "text/plain": "y" })],
    ],
    ["a text alone", [display({ "text/plain": "x" })], [display({ "text/html": "<b>x</b>" })]],
  ])("differs: %s", async (_what, stored, came) => {
    expect(await differ(stored, came)).toBeDefined();
    expect(await differ(came, stored)).toBeDefined();
  });
});
