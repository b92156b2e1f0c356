import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { shown, TestKernel } from "./client.js";
import { untilChecked } from "./until-checked.js";

let folder: string;
let kernel: TestKernel;
beforeAll(async () => {
  folder = await temporaryFolder("redis-lab-test-values");
  await writeFile(join(folder, "package.json"), '{ "dependencies": { "own-words": "1.0.0" } }');
  const own = join(folder, "node_modules", "own-words");
  await mkdir(own, { recursive: true });
  await writeFile(join(own, "package.json"), '{ "name": "own-words", "types": "index.d.ts" }');
  await writeFile(
    join(own, "index.d.ts"),
    'export declare function wordCount(text: string): number;\nexport * from "./more";',
  );
  await writeFile(join(own, "more.d.ts"), "declare const inner: 1; export { inner as wordInner };");
  await writeFile(join(own, "index.js"), "exports.wordCount = (text) => text.split(' ').length");
  kernel = await TestKernel.start({ cwd: folder });
  await untilChecked(kernel);
  await kernel.run(
    `let asked = 0;
     const data = JSON.parse('{ "users": [{ "name": "Ada", "age": 36 }], "total": 1 }');
     const lazy: any = { get boom() { asked++; return { never: 1 } }, plain: { deep: 1 } };
     const trap: any = new Proxy({ a: 1 }, { ownKeys() { asked++; return ["a"] }, getOwnPropertyDescriptor() { asked++; return undefined } });
     class Account { id = 1; get balance() { asked++; return 1 } close() {} }
     const account: any = new Account();
     const bytes: any = new Uint8Array(5_000_000);
     const text: any = "abc";
     process.env.REDIS_LAB_OWN_NAME = "x";
     const pair: { known: number } = JSON.parse('{ "known": 1, "knot": 2 }');`,
  );
});
afterAll(async () => {
  await kernel.stop();
  await removeFolder(folder);
});

/** Splits at the mark of the cursor, asks, and gives the matches with the code that they replace. */
async function complete(marked: string) {
  const code = marked.replace("§", "");
  const reply = await kernel.ask("complete_request", { code, cursor_pos: marked.indexOf("§") });
  const replaced = code.slice(Number(reply["cursor_start"]), Number(reply["cursor_end"]));
  return { matches: reply["matches"] as string[], replaced };
}

async function hover(marked: string): Promise<string> {
  const code = marked.replace("§", "");
  const cursor_pos = marked.indexOf("§");
  const reply = await kernel.ask("inspect_request", { code, cursor_pos, detail_level: 0 });
  return ((reply["data"] ?? {}) as Record<string, string>)["text/plain"] ?? "";
}

describe("completion by the running value", () => {
  test.each([
    ["data.§", ["users", "total"]],
    ["data.users[0].§", ["name", "age"]],
    ["data.users.at§", ["at"]],
    ['data["us§"]', ["users"]],
    ["data.us§ers", ["users"]],
    ["data?.to§", ["total"]],
    ["lazy.plain.§", ["deep"]],
    ["account.§", ["id", "close", "balance"]],
    ["bytes.subarr§", ["subarray"]],
    ["text.toUp§", ["toUpperCase"]],
    ["process.env.REDIS_LAB_OWN§", ["REDIS_LAB_OWN_NAME"]],
    ["pair.kno§", ["known", "knot"]],
  ])("%s", async (code, wanted) => {
    expect((await complete(code)).matches).toEqual(expect.arrayContaining(wanted));
  });

  test.each([
    ["of what a getter would give", "lazy.boom.§"],
    ["of a proxy", "trap.§"],
    ["of a parameter of the same name", "((data: any) => data.§)"],
    ["of what has to be called", "data.users.at(0).§"],
  ])("nothing %s", async (_what, code) => {
    expect((await complete(code)).matches).toEqual([]);
  });

  test("asks no getter and no proxy, also while a cell keeps the runtime busy", async () => {
    const busy = kernel.start("{ const end = Date.now() + 1500; while (Date.now() < end); }");
    const { matches } = await complete("data.§");
    expect(matches).toContain("users");
    const state = kernel.published.findLast(({ header }) => header.msg_type === "status");
    expect(state?.content["execution_state"]).toBe("busy");
    await busy.ended;
    expect(shown(await kernel.run("asked"))).toBe("0");
  });
});

describe("what a match replaces", () => {
  test.each([
    ["const v = { alpha: 1, beta: 2 }; v.al§pha", ["alpha"], "alpha"],
    ["const v = { alpha: 1, album: 2 }; v.al§zzz", ["album", "alpha"], "alzzz"],
    ["const v: { alpha: 1 } = { §al }", ["alpha"], "al"],
    ["set§I", ["setImmediate", "setInterval"], "setI"],
  ])("%s", async (code, wanted, whole) => {
    const { matches, replaced } = await complete(code);
    expect(matches).toEqual(expect.arrayContaining(wanted));
    expect(replaced).toBe(whole);
  });
});

describe("what else could stand there", () => {
  test.each([
    ['type Size = "small" | "big"; let size: Size = §', '"small"'],
    ['type Size = "small" | "big"; function f(size: Size) {} f(bi§)', '"big"'],
    ["/** §*/ function f() {}", "@param"],
    ["/**\n * @ret§ */ function f() {}", "returns"],
    ["/** @param § */ function f(first: number) {}", "first"],
    ["wordCou§", 'import { wordCount } from "own-words";'],
    ["wordIn§", 'import { wordInner } from "own-words";'],
    ["const n = 1 + wordCou§", '(await import("own-words")).wordCount'],
    ["readFileSy§", 'import { readFileSync } from "node:fs";'],
  ])("%s", async (code, wanted) => {
    expect((await complete(code)).matches).toContain(wanted);
  });

  test("a name that is missing is told with its import", async () => {
    const { reply } = await kernel.run("wordCount('a b')");
    expect(reply.content["evalue"]).toContain('`import { wordCount } from "own-words"`');
  });
});

describe("hover", () => {
  test.each([
    ["let m: §Map<string, number>", /^interface Map<K, V>$/m],
    ["interface Own { a: 1 } let o: §Own", /^interface Own$/m],
    ["enum Size { Small, Big = 7 } Size.§Big", /^\(enum member\) Size\.Big = 7$/m],
    ["enum Word { A = 'text' } Word.§A", /= "text"$/m],
    ["enum Size { Small } Size.§Small", /^\(enum member\) Size\.Small = 0$/m],
    ["data§", /^data = \{users: Array\(1\), total: 1\}$/m],
    ["data.users[0].na§me", /= "Ada"$/m],
    ["pair§", /const pair: \{[^]*pair = \{known: 1, knot: 2\}$/],
    ["lazy.bo§om", /^$/],
  ])("%s", async (code, wanted) => {
    expect(await hover(code)).toMatch(wanted);
  });
});

test("_ is the last value, until a cell declares it", async () => {
  await kernel.run("40 + 2");
  await kernel.run("const nothing = 1");
  expect(shown(await kernel.run("_ + 1"))).toBe("43");
  expect(shown(await kernel.run("_"))).toBe("43");
  await kernel.run("const _ = 'mine'; 1");
  expect(shown(await kernel.run("_"))).toBe("mine");
});
