import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestKernel } from "../client.js";
import { untilChecked } from "../until-checked.js";

// What tslab's completer and inspecter are tested for, told in our words. The cursor is at `§`.
// Source: yunabe/tslab, src/complete.spec.ts, src/inspect.spec.ts.
//
// Left out, since we mean otherwise: members of `any` are those that the value has; the names of the
// notebook come before those that are global; a method is told without its class.
let kernel: TestKernel;
beforeAll(async () => {
  kernel = await TestKernel.start();
  await untilChecked(kernel);
});
afterAll(() => kernel.stop());

async function ask(type: "complete" | "inspect", marked: string) {
  const code = marked.replace("§", "");
  const content = { code, cursor_pos: marked.indexOf("§"), detail_level: 0 };
  return { code, reply: await kernel.ask(`${type}_request`, content) };
}

const object = 'let v = { abc: "hello", xyz: 10 };';
const typed = "let v: { alpha: string, beta: number } =";
const version = 'type Version = "cake" | "donut" | "eclair"; let v: Version =';

describe("all that could stand there, and what it replaces", () => {
  test.each<[string, string[], string]>([
    [`${object} v.§`, ["abc", "xyz"], ""],
    [`${object} v.ab§`, ["abc"], "ab"],
    [`${object} v.§ab`, ["abc"], "ab"],
    [`${object} v.a§b`, ["abc"], "ab"],
    [`${object} v.qwerty§`, [], "qwerty"],
    [`${typed} {§};`, ["alpha", "beta"], ""],
    [`${typed} { alpha: 'hello', §}`, ["beta"], ""],
    [`${typed} {al§}`, ["alpha"], "al"],
    [`${typed} {§al}`, ["alpha"], "al"],
    [`${typed} {a§l}`, ["alpha"], "al"],
    [
      "let v = { bxy: true, axy: 'hello', cxy: 3.4, dXY: false, xyz: 10, XYZ: 30 }; v.XY§",
      ["XYZ", "xyz", "axy", "bxy", "cxy", "dXY"],
      "XY",
    ],
    ["setT§", ["setTimeout"], "setT"],
    ["§setT", ["setTimeout"], "setT"],
    ['let v = "§"', [], ""],
    ['let v = "§', [], ""],
    ['/* § */"', [], ""],
    ["/** @par§ */ function f(xyz: number, abc: string): void {}", ["param"], "par"],
    ["/** @param § */ function f(xyz: number, abc: string): void {}", ["abc", "xyz"], ""],
  ])("%s", async (marked, matches, replaced) => {
    const { code, reply } = await ask("complete", marked);
    expect(reply["matches"]).toEqual(matches);
    const [start, end] = [Number(reply["cursor_start"]), Number(reply["cursor_end"])];
    expect(matches.length > 0 ? code.slice(start, end) : replaced).toBe(replaced);
  });
});

describe("what is among it", () => {
  test.each<[string, string[]]>([
    ["§", ["__dirname", "__filename", "AbortController", "abstract"]],
    ["let newer = 10; §", ["newer"]],
    ["set§I", ["setImmediate", "setInterval"]],
    [`${version} §`, ['"cake"', '"donut"', '"eclair"', "v"]],
    ["function fn(abc: number, xyz: string) { § }", ["abc", "arguments", "fn", "xyz"]],
    ["/** §*/ function f(xyz: number): void {}", ["@abstract", "@access", "@param"]],
    [
      'import * as vm from "vm"; vm.§',
      ["compileFunction", "createContext", "isContext", "runInContext", "Script"],
    ],
  ])("%s", async (marked, wanted) => {
    const { reply } = await ask("complete", marked);
    const matches = reply["matches"] as string[];
    expect(matches).toEqual(expect.arrayContaining(wanted));
  });

  test("literals come before names", async () => {
    const { reply } = await ask("complete", `${version} §`);
    expect((reply["matches"] as string[]).slice(0, 3)).toEqual(['"cake"', '"donut"', '"eclair"']);
  });
});

describe("what a name is", () => {
  test.each([
    ["/** A great variable. */\nlet §xyz = 10;", "let xyz: number\n\nA great variable."],
    ["/** A great boolean. */\nvar §klm = true;", "var klm: boolean\n\nA great boolean."],
    ["/** A great text. */\nconst §abc = 'hello';", 'const abc: "hello"\n\nA great text.'],
    ["let §m: Map<string, number>;", "let m: Map<string, number>"],
    ["let m: §Map<string, number>;", "interface Map<K, V>"],
    ["enum Keys { key1, key2 } Keys.§key1;", "(enum member) Keys.key1 = 0"],
    ["let m = new §Map();", "var Map: MapConstructor"],
  ])("%s", async (marked, wanted) => {
    const { reply } = await ask("inspect", marked);
    expect((reply["data"] as Record<string, string>)["text/plain"]).toBe(wanted);
  });

  test("a method, with its documentation and parameters", async () => {
    const { reply } = await ask("inspect", 'let s = "abc"; s.§indexOf("b");');
    const text = (reply["data"] as Record<string, string>)["text/plain"];
    expect(text).toMatch(
      /^\(method\).*indexOf\(searchString: string, position\?: number.*\): number/,
    );
    expect(text).toContain("position of the first occurrence of a substring");
    expect(text).toContain("@param searchString");
  });

  test("nothing, where there is none", async () => {
    expect((await ask("inspect", "§")).reply["found"]).toBe(false);
  });
});
