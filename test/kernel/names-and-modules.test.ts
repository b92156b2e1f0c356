import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { shown, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
let folder: string;

const NAMES = [
  ["window", "document", "self", "navigator", "location", "name", "define", "module", "exports"],
  ["require", "__filename", "__dirname", "global", "process", "Buffer", "mine", "Promise", "Map"],
].flat();

/** Tells which names a module can see, at its start and later, and tries to change one. */
const SEES = `{
  const see = () => ({ ${NAMES.map((name) => `${name}: typeof ${name}`).join(", ")} });
  const change = () => { try { mine = 'changed' } catch {} };
`;
const ESM = `let sees, changes; ${SEES} sees = see; changes = change; }
export const atFirst = sees(); export const later = sees; export const change = changes;`;
const CJS = `"use strict"; let sees, changes; ${SEES} sees = see; changes = change; }
exports.atFirst = sees(); exports.later = sees; exports.change = changes;`;

/** What modules see that Node itself loads. */
const PLAIN = {
  ...Object.fromEntries(NAMES.map((name) => [name, "undefined"])),
  global: "object",
  process: "object",
  Buffer: "function",
  Promise: "function",
  Map: "function",
  navigator: typeof Reflect.get(globalThis, "navigator"),
};
const COMMONJS = {
  ...PLAIN,
  module: "object",
  exports: "object",
  require: "function",
  __filename: "string",
  __dirname: "string",
};

const FILES: Readonly<Record<string, string>> = {
  "package.json": "{}",
  "own.mjs": ESM,
  "own.cjs": CJS,
  "own.ts": ESM,
  ...Object.fromEntries(
    ["one", "two"].flatMap((name) => [
      [`node_modules/esm-${name}/package.json`, '{ "type": "module", "exports": "./m.js" }'],
      [`node_modules/esm-${name}/m.js`, ESM],
      [`node_modules/cjs-${name}/package.json`, '{ "main": "./m.js" }'],
      [`node_modules/cjs-${name}/m.js`, CJS],
    ]),
  ),
  "node_modules/umd/package.json": '{ "main": "./m.js" }',
  "node_modules/umd/m.js": `(function (root, factory) {
    if (typeof define === "function" && define.amd) define([], factory);
    else if (typeof module === "object" && module.exports) module.exports = factory();
    else root.umd = factory();
  })(typeof self !== "undefined" ? self : this, () => ({ is: "umd" }));`,
  "node_modules/sets-global/package.json": '{ "main": "./m.js" }',
  "node_modules/sets-global/m.js": "globalThis.fromPackage = 'set'; exports.done = true;",
};

beforeAll(async () => {
  folder = await temporaryFolder("redis-lab-test-names");
  for (const [name, text] of Object.entries(FILES)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  kernel = await TestKernel.start({ args: ["--check=off"], cwd: folder });
});
afterAll(async () => {
  await kernel.stop();
  await removeFolder(folder);
});

/** Runs cells in turn, and gives what the last one shows. */
async function last(...cells: readonly string[]): Promise<unknown> {
  let result: unknown;
  for (const cell of cells) {
    const run = await kernel.run(cell);
    const { status, ename, evalue } = run.reply.content;
    result = status === "ok" ? shown(run) : `${String(ename)}: ${String(evalue)}`;
  }
  return result;
}

const declareAll = NAMES.map((name) => `const ${name} = { of: "the cell" };`).join(" ");

describe("no module sees or changes a name of a cell", () => {
  test.each([
    ["cjs-one", COMMONJS],
    ["esm-one", PLAIN],
    ["./own.mjs", PLAIN],
    ["./own.cjs", COMMONJS],
    ["./own.ts", COMMONJS],
  ])("that imports %s itself", async (specifier, expected) => {
    // One more kernel: in this one the names are declared for the first time.
    const fresh = await TestKernel.start({ args: ["--check=off"], cwd: folder });
    const run = await fresh.run(
      `${declareAll} import { atFirst, later, change } from "${specifier}"; change(); ` +
        `import { isDeepStrictEqual } from "node:util"; ` +
        `console.log(JSON.stringify([atFirst, isDeepStrictEqual(atFirst, later()), mine]))`,
    );
    await fresh.stop();
    expect(JSON.parse(textOf(run))).toEqual([expected, true, { of: "the cell" }]);
  });
  test.each([
    ["cjs-two", COMMONJS],
    ["esm-two", PLAIN],
  ])("that imports %s later", async (specifier, expected) => {
    await kernel.run(declareAll);
    const run = await kernel.run(
      `import * as later from "${specifier}"; later.change(); console.log(JSON.stringify([later.atFirst, later.later(), mine]))`,
    );
    expect(JSON.parse(textOf(run))).toEqual([expected, expected, { of: "the cell" }]);
  });
  test("of which it takes another's name", async () => {
    expect(
      await last("const define = Object.assign(() => {}, { amd: true })", "const self = {}"),
    ).toBe(undefined);
    expect(await last('import umd from "umd"; umd.is')).toBe("umd");
  });
  test("but sees what a cell sets on globalThis, as the cells do", async () => {
    expect(await last("globalThis.shared = 1; shared + 1", "shared++; shared")).toBe("2");
    expect(await last('import "sets-global"; fromPackage')).toBe("set");
  });
});

test("cells are a program that Node was started with, as a CommonJS file is", async () => {
  const fresh = await TestKernel.start({ args: ["--check=off"], cwd: folder });
  const run = await fresh.run(
    "import { fileURLToPath } from 'node:url'; exports.a = 1;\n" +
      "console.log(require.main === module, module.exports.a, process.argv.length, " +
      "process.argv[1] === __filename, fileURLToPath(import.meta.url) === process.argv[1])",
  );
  await fresh.stop();
  expect(textOf(run)).toBe("true 1 2 true true\n");
});
