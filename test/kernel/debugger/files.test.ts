import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { DebugClient, texts } from "./debug-client.js";

let folder: string;
let client: DebugClient;
beforeEach(async () => {
  folder = await temporaryFolder("redis-lab-test-debug");
  await writeFile(join(folder, "package.json"), '{ "name": "notebooks", "type": "module" }');
  client = await DebugClient.start({ cwd: folder });
});
afterEach(async () => {
  await client.kernel.stop();
  await removeFolder(folder);
});

const LOCAL = `import { basename } from "node:path";
interface Named {
  name: string;
}
export function nameOf(path: string): Named {
  const name = basename(path);

  return { name };
}
export async function later<T>(work: () => T): Promise<T> {
  await null;
  return work();
}
`;

test("a local file: before it is loaded, in it, and after it was changed", async () => {
  const file = join(folder, "local.ts");
  await writeFile(file, LOCAL);
  expect(await client.breakAt(file, 7)).toMatchObject([{ verified: true, line: 8 }]);
  const cell = 'import { nameOf } from "./local.js";\nnameOf("/a/b.txt");';
  const { ended } = await client.runToStop(cell);
  expect(await client.stack()).toEqual(["nameOf:8", "Cell 1:2"]);
  const [frame] = await client.frames();
  expect(frame).toMatchObject({ source: { path: file, name: "local.ts" } });
  expect(frame?.presentationHint).toBeUndefined();
  expect(texts(await client.scope("Local"))).toEqual(['path: "/a/b.txt"', 'name: "b.txt"']);
  expect(await client.ask("source", { source: { path: file } })).toMatchObject({ content: LOCAL });
  await client.ask("continue");
  await ended;
  await writeFile(file, `// One line more.\n${LOCAL}`);
  const again = await client.runToStop(cell);
  // The same line is now the one before.
  expect((await client.stack())[0]).toBe("nameOf:7");
  await client.ask("continue");
  await again.ended;
  const { modules } = await client.ask<{ modules: { path: string }[] }>("modules");
  expect(modules.map(({ path }) => path)).toContain(file);
});

test("callers that wait stand in the stack, across files", async () => {
  const file = join(folder, "local.ts");
  await writeFile(file, LOCAL);
  const cell = `import { later } from "./local.ts";
async function outer() {
  return await later(() => {
    const here = 1;
    return here;
  });
}
await outer();`;
  await client.breakIn(cell, 4);
  const { ended } = await client.runToStop(cell);
  expect(await client.stack()).toEqual([
    "(anonymous):4",
    "later:12",
    "async outer:3",
    "async Cell 1:8",
  ]);
  const frames = await client.frames();
  expect(await client.ask("scopes", { frameId: frames[2]?.id })).toEqual({ scopes: [] });
  await client.ask("continue");
  await ended;
});

const PACKAGE = `exports.run = function run(work) {
  const before = 1;
  return work(before);
};
`;

test("a package: breakpoints, frames dimmed, steps through it", async () => {
  const packaged = join(folder, "node_modules", "runs");
  await mkdir(packaged, { recursive: true });
  await writeFile(join(packaged, "package.json"), '{ "name": "runs", "version": "1.0.0" }');
  const file = join(packaged, "index.js");
  await writeFile(file, PACKAGE);
  const cell = 'import { run } from "runs";\nrun((n: number) => {\n  return n + 1;\n});';
  expect(await client.breakAt(file, 3)).toMatchObject([{ verified: false, line: 3 }]);
  const changed = client.event("breakpoint");
  const { ended } = await client.runToStop(cell);
  expect(await changed).toMatchObject({ breakpoint: { verified: true, line: 3 } });
  expect(await client.stack()).toEqual(["run:3", "Cell 1:2"]);
  expect((await client.frames())[0]).toMatchObject({
    presentationHint: "subtle",
    source: { path: file },
  });
  await client.breakIn(cell, 3);
  await client.step("stepIn");
  expect(await client.stack()).toEqual(["(anonymous):3", "run:3", "Cell 1:2"]);
  await client.ask("continue");
  await ended;
  expect(await client.breakAt(file, 2)).toMatchObject([{ verified: true, line: 2 }]);
});

test("steps go through Node's own code into the user's", async () => {
  const cell = `import { EventEmitter } from "node:events";
const emitter = new EventEmitter();
emitter.on("x", (n: number) => {
  let heard = n;
});
emitter.emit("x", 5);
let last = 1;`;
  await client.breakIn(cell, 6);
  const { ended } = await client.runToStop(cell);
  await client.step("stepIn");
  expect((await client.stack())[0]).toBe("(anonymous):4");
  const hidden = (await client.frames()).find(({ name }) => name === "emit");
  expect(hidden).toMatchObject({ presentationHint: "subtle" });
  await client.ask("continue");
  await ended;
});

test("files and cells that are not there, or do not compile", async () => {
  expect(await client.breakAt(join(folder, "nothing.ts"), 1)).toMatchObject([
    { verified: false, line: 1, message: "There is no such file." },
  ]);
  const broken = join(folder, "broken.ts");
  await writeFile(broken, "const = 1");
  expect(await client.breakAt(broken, 1)).toMatchObject([{ verified: false }]);
  expect(await client.breakIn("let = = 2", 1)).toMatchObject([{ verified: false }]);
  expect(await client.breakIn("let a = 1;\n// no code", 2)).toMatchObject([
    { verified: false, line: 2, message: "There is no code in this line or below." },
  ]);
  expect(await client.breakIn("interface Only { types: string }", 1)).toMatchObject([
    { verified: false },
  ]);
  expect(await client.breakIn("let a = 1;", { line: 1, condition: "a ===" })).toMatchObject([
    { verified: false, message: expect.stringMatching(/SyntaxError/) as string },
  ]);
  expect(await client.breakIn("let a = 1;", { line: 1, hitCondition: "often" })).toMatchObject([
    { verified: false },
  ]);
  expect((await client.kernel.run("let a = 1;")).reply.content["status"]).toBe("ok");
});
