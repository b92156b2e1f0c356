import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { shown, TestKernel, textOf, type Run } from "./client.js";
import { untilChecked } from "./until-checked.js";

let folder: string;
let kernel: TestKernel;
beforeAll(async () => {
  folder = await temporaryFolder("redis-lab-test-pasted");
  const notebook = { cells: [{ cell_type: "code", source: ["const onlyInFile = 1;\n", "1"] }] };
  await writeFile(join(folder, "paste.ipynb"), JSON.stringify(notebook));
  kernel = await TestKernel.start({
    cwd: folder,
    env: { JPY_SESSION_NAME: join(folder, "paste.ipynb") },
  });
});
afterAll(async () => {
  await kernel.stop();
  await removeFolder(folder);
});

const evalue = ({ reply }: Run) => String(reply.content["evalue"]);
const traceback = ({ reply }: Run) =>
  stripVTControlCharacters((reply.content["traceback"] as string[]).join("\n"));

test("the way out is told once, and a forgotten await by its name", async () => {
  const first = await untilChecked(kernel);
  expect(traceback(first)).toMatch(/\/\/ @ts-nocheck.*\/\/ @check warn/s);
  const forgotten = await kernel.run('fetch("http://127.0.0.1:1").status');
  expect(evalue(forgotten)).toContain("Did you forget to use 'await'?");
  expect(traceback(forgotten)).not.toContain("@ts-nocheck");
});

test.each([
  ['import a from "not-installed"', "npm install not-installed"],
  ['import { b } from "@scope/not-installed/sub"', "npm install @scope/not-installed"],
  ['// @ts-nocheck\nimport c from "not-installed/sub.js"', "npm install not-installed"],
  ['await import("not-installed")', "npm install not-installed"],
  ['require("not-installed/sub")', "npm install not-installed"],
])("%s says how the package is installed, and where", async (cell, command) => {
  const { reply } = await kernel.run(cell);
  expect(reply.content["status"]).toBe("error");
  expect(reply.content["evalue"]).toContain(`\`${command}\` in ${folder}`);
});

test("a file of one's own that is missing is not to be installed", async () => {
  expect(evalue(await kernel.run('import a from "./missing.js"'))).not.toContain("npm install");
});

test("names of cells that have not run are told as such, in one block", async () => {
  await kernel.run("const rows: number[] = ['x']; function total(): number { return 1; }");
  const used = await kernel.run("rows.map((row) => row * total()); rows.length; rows; total");
  expect(evalue(used)).toBe(
    "TS2304: 'rows' and 'total' are declared in a cell that has not run. Run that first.",
  );
  expect(evalue(await kernel.run("onlyInFile + 1"))).toContain(
    "'onlyInFile' is declared in a cell",
  );
  await kernel.run("const rows = [1, 2]; function total(): number { return 3; }");
  expect(shown(await kernel.run("rows.length * total()"))).toBe("6");
  const unknown = await kernel.run("nowhere + nowhere * nowhere");
  expect(evalue(unknown)).toBe("TS2304: Cannot find name 'nowhere'.");
});

test("what was aborted behind an error has not run, either", async () => {
  const cells = ["throw new Error('first')", "const behind = 1", "0"].map((code) =>
    kernel.start(code),
  );
  await Promise.all(cells.map(({ ended }) => ended));
  expect(evalue(await kernel.run("behind"))).toContain("'behind' is declared in a cell");
});

test.each([
  ["%%time\n1 + 1", "console.time"],
  ["%timeit f()", "performance.now"],
  ["const a = 1\n%env", "process.env"],
  ["%pip install pandas", "npm install"],
  ["!npm install lodash dayjs", "`npm install lodash dayjs`"],
  ["!ls", 'execSync("ls"'],
  ["!ls -l | wc", 'execSync("ls -l | wc"'],
  ["%%bash\necho 1", "execSync"],
  ["%%html\n<b>1</b>", '"text/html"'],
  ["%matplotlib inline", "leave the line out"],
  ["?Array", "Shift+Tab"],
  ["%unheard of", "TypeScript"],
])("%j says what to write here", async (cell, advice) => {
  const run = await kernel.run(cell);
  expect(evalue(run)).toContain(advice);
  expect(evalue(run)).toContain("is a command of IPython");
});

test.each([
  ["!true", "false"],
  ["const seven = 7\n  % 4; seven", "3"],
  ["{a: 1, b: 2}", "{ a: 1, b: 2 }"],
  ["// told\n{ a: { b: [1] } } // so", "{ a: { b: [ 1 ] } }"],
  ["{ ...{ x: 1 }, y: 2 }", "{ x: 1, y: 2 }"],
  ["{}", "{}"],
  ["{ const inner = 5; inner; }", undefined],
  ["#!/usr/bin/env -S node --x\n40 + 2", "42"],
])("%j shows %j", async (cell, result) => {
  const run = await kernel.run(cell);
  expect([run.reply.content["status"], shown(run)]).toEqual(["ok", result]);
});

test("an object's types are checked, with places of its own", async () => {
  const run = await kernel.run("{ a: 1, b: nothing }");
  expect(traceback(run)).toContain("line 1, column 12");
});

test("a block is one", async () => {
  expect(textOf(await kernel.run("{ console.log(1) }"))).toBe("1\n");
});
