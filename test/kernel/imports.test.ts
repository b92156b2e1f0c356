import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { shown, TestKernel } from "./client.js";

let kernel: TestKernel;
let folder: string;

/** Files of a project with a path that has a space and a letter beyond ASCII. */
const FILES: Readonly<Record<string, string>> = {
  "tsconfig.json": '{ "compilerOptions": { "paths": { "@lib/*": ["./src/*"] } } } // a comment',
  "package.json": '{ "imports": { "#inner": "./src/inner.ts" } }',
  "src/inner.ts": "export const inner: string = 'in';\n",
  "src/counter.ts": "export let count: number = 0;\nexport function add(): void { count++ }\n",
  "src/types.ts": "export interface Point { x: number }\nexport type Id = string;\n",
  "src/shape.ts":
    'import { type Point, Id } from "./types.js";\nimport { scale } from "./scale.js";\n' +
    "export const grow = (p: Point): Point => ({ x: p.x * scale });\nexport type Name = Id;\n",
  "src/scale.ts": "export const scale: number = 2;\n",
  "src/circle-a.ts": 'import { b } from "./circle-b.ts";\nexport const a = () => "a" + b();\n',
  "src/circle-b.ts": 'import { a } from "./circle-a.ts";\nexport const b = () => typeof a;\n',
  "src/fails.ts": "export const x = 1;\n\nthrow new Error('while loading');\n",
  "src/broken.ts": "export const x: number = ;\n",
  "src/meta.ts":
    "export const file = import.meta.filename; export const late = () => import('./scale.ts');\n",
  "src/plain.cjs": "exports.plain = 1; exports.dirname = __dirname;\n",
  "src/waits.mts": "export const waited = await Promise.resolve('waited');\n",
  "notes é/data.json": '{ "a": 1 }',
  "node_modules/cjs/package.json": '{ "name": "cjs", "main": "main.js" }',
  "node_modules/cjs/main.js":
    "function build() { return { hidden: 'found', answer: 42 } }\nmodule.exports = build();\n",
  "node_modules/esm/package.json":
    '{ "name": "esm", "type": "module", "exports": { ".": { "types": "./t.d.ts", "import": "./m.js" }, "./deep": "./d.js" } }',
  "node_modules/esm/m.js":
    "export default 'esm'; export let n = 1; export const bump = () => { n++ };\n",
  "node_modules/esm/d.js": "export const deep = 'deep';\n",
};

beforeAll(async () => {
  folder = await temporaryFolder("redis-lab-test-imports");
  for (const [name, text] of Object.entries(FILES)) await write(name, text);
  kernel = await TestKernel.start({ args: ["--check=off"], cwd: join(folder, "notes é") });
});
afterAll(async () => {
  await kernel.stop();
  await removeFolder(folder);
});

async function write(name: string, text: string): Promise<void> {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function show(code: string): Promise<unknown> {
  const run = await kernel.run(code);
  const { status, ename, evalue } = run.reply.content;
  return status === "ok" ? shown(run) : `${String(ename)}: ${String(evalue)}`;
}

test.each([
  ["a built-in", 'import { sep } from "node:path"; sep', "/"],
  ["a built-in's default", 'import os from "os"; typeof os.cpus', "function"],
  ["an ES module package", 'import esm from "esm"; esm', "esm"],
  ["a path of a package's exports", 'import { deep } from "esm/deep"; deep', "deep"],
  [
    "a name of a CommonJS package that Node does not find",
    'import { hidden } from "cjs"; hidden',
    "found",
  ],
  ["a CommonJS package's default", 'import cjs from "cjs"; cjs.answer', "42"],
  ["import equals", 'import old = require("cjs"); old.answer', "42"],
  ["a dynamic import", '(await import("esm/deep")).deep', "deep"],
  ["a namespace", 'import * as all from "esm/deep"; Object.keys(all).join()', "deep"],
  ["JSON", 'import data from "./data.json"; data.a', "1"],
  ["JSON with an attribute", 'import again from "./data.json" with { type: "json" }; again.a', "1"],
  ["TypeScript with its ending", 'import { scale } from "../src/scale.ts"; scale', "2"],
  ["TypeScript as JavaScript", 'import { scale as s2 } from "../src/scale.js"; s2', "2"],
  ["TypeScript without an ending", 'import { scale as s3 } from "../src/scale"; s3', "2"],
  [
    "an interface without `type`",
    'import { Point, grow } from "../src/shape.ts"; grow({ x: 2 }).x',
    "4",
  ],
  [
    "only types",
    'import type { Point as P } from "../src/types.ts"; const p: P = { x: 1 }; p.x',
    "1",
  ],
  ["paths of the tsconfig", 'import { scale as s4 } from "@lib/scale"; s4', "2"],
  ["modules in a circle", 'import { a } from "../src/circle-a.ts"; a()', "afunction"],
  ["a module that awaits", 'import { waited } from "../src/waits.mts"; waited', "waited"],
  [
    "a local CommonJS file",
    'import { plain, dirname as d } from "../src/plain.cjs"; [plain, d.endsWith("src")].join()',
    "1,true",
  ],
  ["require", 'require("cjs").answer', "42"],
  ["require of a local file", 'require("../src/plain.cjs").plain', "1"],
  [
    "import.meta",
    '[import.meta.dirname === __dirname, import.meta.url.startsWith("file:///")].join()',
    "true,true",
  ],
  [
    "import.meta.resolve",
    'import.meta.resolve("../src/scale.js").endsWith("/src/scale.ts")',
    "true",
  ],
  ["a re-export of a cell", 'export { scale as out } from "../src/scale.ts"; 1', "1"],
])("%s", async (_name, code, result) => {
  expect(await show(code)).toBe(result);
});

test("an imported name follows its module", async () => {
  expect(await show('import { count, add } from "../src/counter.ts"; add(); add(); count')).toBe(
    "2",
  );
  expect(await show("add(); count")).toBe("3");
  expect(await show('import { n, bump } from "esm"; bump(); n')).toBe("2");
});

test("a module of the user's knows its own place, and imports from there", async () => {
  const code =
    'import { file, late } from "../src/meta.ts"; [file.endsWith("meta.ts"), (await late()).scale].join()';
  expect(await show(code)).toBe("true,2");
});

test("a changed file, or one that imports it, is loaded anew; others keep their state", async () => {
  const grow = 'import { grow as g } from "../src/shape.ts"; g({ x: 3 }).x';
  const count = 'import { count as c, add as up } from "../src/counter.ts"; up(); c';
  expect(await show(grow)).toBe("6");
  const before = Number(await show(count));
  await write("src/scale.ts", "export const scale: number = 10;\n");
  expect(await show(grow)).toBe("30");
  expect(await show(count)).toBe(String(before + 1));
  await write("notes é/data.json", '{ "a": 2 }');
  expect(await show('import changed from "./data.json"; changed.a')).toBe("2");
  await write("src/plain.cjs", "exports.plain = 5;\n");
  expect(await show('import { plain as p5 } from "../src/plain.cjs"; p5')).toBe("5");
});

test("what cannot be imported says what to do, and is found once it is there", async () => {
  expect(await show('import "no-such-package/deep"')).toMatch(/npm install no-such-package`/);
  expect(await show('import { x } from "./nope.js"')).toMatch(/There is no such file/);
  await write("notes é/nope.ts", "export const x = 'now';");
  expect(await show('import { x as now } from "./nope.js"; now')).toBe("now");
  expect(await show('import { absent } from "esm"; absent')).toMatch(/no export named "absent"/);
  await rm(join(folder, "notes é", "nope.ts"));
});

test("errors of the user's modules name file and line", async () => {
  const { reply } = await kernel.run('import "../src/fails.ts"');
  expect((reply.content["traceback"] as string[]).join("\n")).toMatch(/fails\.ts, line 3/);
  const broken = await kernel.run('import "../src/broken.ts"');
  expect(broken.reply.content["ename"]).toBe("SyntaxError");
  expect((broken.reply.content["traceback"] as string[]).join("\n")).toContain("x: number = ;");
});

test("JSON of a package, and TypeScript that package.json names by #, are imported", async () => {
  await write("node_modules/cjs/facts.json", '{ "fact": 7 }');
  expect(await show('import f from "cjs/facts.json" with { type: "json" }; f.fact')).toBe("7");
  expect(await show('(await import("cjs/facts.json")).default.fact')).toBe("7");
  expect(await show('import { inner } from "#inner"; inner')).toBe("in");
});
