import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { Checker } from "#kernel/checker/checker.js";
import { notebookFolder, type NotebookFolder } from "./notebook-folder.js";

/** Cells that run one after the other, each with what it gets: `code line:column-endColumn`. */
type Sequence = readonly (readonly [code: string, ...diagnostics: string[]])[];

/** All are cells of one notebook, in one checker: no sequence may disturb another. */
const SEQUENCES: Readonly<Record<string, Sequence>> = {
  "a value of the wrong type": [["const a1: string = 5", "2322 1:7-9"]],
  "a name declared again with another type": [
    ["const a2 = 'x'; a2.length"],
    ["const a2 = 5; a2.toFixed()"],
    ["a2.length", "2339 1:4-10"],
    ["let a2 = [1]; a2.push(2)"],
    ["a2.push('x')", "2345 1:9-12"],
    ["function a2(): string { return 'x' }"],
    ["a2().length; a2.push", "2339 1:17-21"],
    ["class a2 { b = 1 }"],
    ["new a2().b.toFixed(); a2()", "2348 1:23-27"],
  ],
  "the same name twice in one cell": [
    ["let b1 = 1;\nlet b1 = 2;", "2451 1:5-7", "2451 2:5-7"],
    ["function b2() {}\nfunction b2() {}", "2393 1:10-12", "2393 2:10-12"],
    ["var b3 = 1; var b3 = 2;"],
  ],
  "a variable keeps its declared type": [
    ["let c1: string | null = null"],
    ["c1.length", "18047 1:1-3"],
    ["c1 = 'x'; c1.length"],
    ["c1.length", "18047 1:1-3"],
    ["c1 = 5", "2322 1:1-3"],
    ["if (c1) { c1.length }"],
  ],
  "a boolean may have changed": [
    ["let c2 = false"],
    ["c2 = true"],
    ["if (c2) { console.log(c2) }\nconst c3: true = c2", "2322 2:7-9"],
  ],
  "a variable that was declared without a value": [
    ["let d1: number"],
    ["d1 = 5"],
    ["d1.toFixed()"],
    ["let d2; let d3 = null; let d4 = undefined; const d5 = []"],
    ["d2 = 1; d3 = 'x'; d4 = {}; d5.push(1)"],
    ["function d6() { return [d2.x, d3.x, d4.x, d5[0].x] }\nd6()"],
  ],
  "strict null checks": [
    ["const e1 = ['a'].find((x) => x === 'b')"],
    ["e1.length", "18048 1:1-3"],
    ["e1?.length"],
    ["const e2: string | null = Math.random() > 2 ? 'a' : null"],
    ["const e3 = e2 ?? 'none'; e3.length"],
    ["if (e2 !== null) e2.length; e2.length", "18047 1:29-31"],
  ],
  "implicit any": [
    ["function f1(x) { return x }", "7006 1:13-14"],
    ["const f2 = (y) => y", "7006 1:13-14"],
  ],
  "unused names are fine": [
    ["const g1 = 1; function g2(a: number, b: number) { return a; let c = 1 }"],
  ],
  "a function sees what is assigned later, and declared later": [
    ["let h1 = 1; const h2 = () => h1"],
    ["h1 = 2; h2().toFixed()"],
    ["function h3() { return h4() }", "2304 1:24-26"],
    ["function h4() { return 'x' }"],
    ["h3().length; h3().foo", "2339 1:19-22"],
  ],
  "what was made of an earlier declaration keeps its type": [
    ["class I1 { old = 1 }\nconst i2 = new I1()"],
    ["class I1 { now = 1 }"],
    ["i2.old; i2.now", "2339 1:12-15"],
    ["const i3: I1 = i2", "2741 1:7-9"],
    ["const i4 = { I1, i2 }; new i4.I1().now; i4.i2.old"],
    ["const { now: i5 } = new I1(); const i6 = { i5 }"],
    ["const i5 = 'x'"],
    ["i6.i5.toFixed(); i5.length"],
  ],
  "a class with private members that is run again": [
    ["class J1 { #x = 1; private y = 2; static of() { return new J1() } }"],
    ["const j2 = J1.of()"],
    ["class J1 { #x = 1; private y = 2; static of() { return new J1() } }"],
    ["const j3: J1 = j2"],
  ],
  "classes, generics, inheritance over cells": [
    ["abstract class K1<T> { constructor(readonly items: T[]) {} abstract size(): number }"],
    ["class K2<T> extends K1<T> { size() { return this.items.length } }"],
    ["const k3 = new K2(['a']); k3.items[0].length; k3.size()"],
    ["new K1([])", "2511 1:1-11"],
    ["class K4 extends K1<number> {}", "2515 1:7-9"],
    ["const k5: K1<number> = k3", "2322 1:7-9"],
  ],
  "enums and namespaces": [
    [
      "enum L1 { A, B = 'b' as any }\nconst enum L2 { X = 4 }\nnamespace L3 { export const z = 1; export interface I { q: 1 } }",
    ],
    ["const l4: L1 = L1.A; L2.X.toFixed(); L3.z.toFixed(); const l5: L3.I = { q: 1 }"],
    ["L1.C; L3.y; L2.Y", "2339 1:4-5", "2339 1:10-11", "2339 1:16-17"],
    ["enum L1 { C }"],
    ["L1.C; L1.A", "2339 1:10-11"],
  ],
  "interfaces do not merge over cells, but within one": [
    ["interface M1 { a: number }"],
    ["interface M1 { b: number }\ninterface M1 { c: number }"],
    ["const m2: M1 = { b: 1, c: 2 }"],
    ["const m3: M1 = { a: 1, b: 1, c: 1 }", "2353 1:18-19"],
  ],
  "a type and a value of the same name": [
    ["type N1 = { a: number }"],
    ["const N1 = { make: (): N1 => ({ a: 1 }) }"],
    ["const n2: N1 = N1.make()"],
    ["const N1 = 5"],
    ["const n3: N1 = { a: N1 }; n2.a"],
    ["interface N1 { b: number }"],
    ["const n4: N1 = { b: N1 }; n2.a; n2.b", "2339 1:36-37"],
  ],
  "overloads, generics and inference": [
    [
      "function o1(x: string): string;\nfunction o1(x: number): number;\nfunction o1(x: any) { return x }",
    ],
    ["o1('a').length; o1(1).toFixed(); o1(true)", "2769 1:37-41"],
    ["const o2 = <T,>(items: readonly T[]) => items[0]"],
    ["o2([1])!.toFixed(); o2(['a'])!.toFixed()", "2551 1:32-39"],
    ["const o3 = { a: 1, b: ['x'] } as const; const { a: o4, b: [o5], ...o6 } = o3"],
    ["const o7: 1 = o4; const o8: 'x' = o5; o6.a", "2339 1:42-43"],
  ],
  "await, for await, using, import.meta, require": [
    ["const p1 = await Promise.resolve(5)"],
    ["p1.toFixed(); await (async () => 1)()"],
    ["for await (const x of [Promise.resolve('a')]) x.length"],
    ["using p2 = { [Symbol.dispose]() {} }; await using p3 = { async [Symbol.asyncDispose]() {} }"],
    ["import.meta.url.length; __dirname.length; require('node:fs'); process.version.length"],
    ["for (var p4 = 0; p4 < 3; p4++) {}"],
    ["p4.toFixed()"],
  ],
  "what only a function may contain": [
    ["return 5", "1108 1:1-7"],
    ["yield 5", "1163 1:1-6"],
  ],
  "places in text with emoji, tabs and Windows line ends": [
    ["const q1 = '😀😀'; const q2: number = 'x'", "2322 1:26-28"],
    ["\tconst q3 = 1;\r\n\t\tconst q4: string = q3;\r\nq3.foo", "2322 2:9-11", "2339 3:4-7"],
    ["const 𝒳 = 1; 𝒳.foo", "2339 1:18-21"],
  ],
  "comments that silence the checker": [
    ["// @ts-expect-error for a test\nconst r1: string = 5"],
    ["// @ts-ignore\nconst r2: string = 5"],
    ["// @ts-expect-error\nconst r3: string = ''", "2578 1:1-20"],
  ],
  "a message over several lines": [
    ["const s1: { a: { b: string } } = { a: { b: 1 } }", "2322 1:41-42"],
  ],
  "a cell without a statement": [[""], ["// nothing\n"], ["  "]],
  "globals and modules that a cell adds to": [
    ["declare global { var t1: string }"],
    ["globalThis.t1.length; t1.length"],
  ],
  "exports, types of imports, import and require in one": [
    ["export const v1 = 1; export default function v2() { return v1 }; export { v1 as v3 }"],
    ["v1.toFixed(); v2().toFixed()"],
    ["export default class V4 { x = 1 }"],
    ["new V4().x.toFixed(); v2()"],
    [
      'import type { Stats } from "node:fs"; import { type PathLike, statSync as v5 } from "node:fs";\n' +
        'import v6 = require("node:fs");',
    ],
    ['const v7: Stats = v5("/"); const v8: PathLike = "x"; v6.readFileSync.length'],
    ["import * as v9 from 'node:path'"],
    ["v9.join('a').length; const v10: typeof v9 = v9; v9.nope", "2339 1:52-56"],
  ],
  "old names that are members, parameters, keys and patterns elsewhere": [
    ["class W1 { static make() { return new W1() } area = 1 }"],
    [
      "const w2 = (W1: number) => ({ W1, ['W1' + 1]: W1 })\nconst w3 = { W1: W1.make(), get w2() { return w2 } }",
    ],
    ["type W4 = keyof W1; type W5 = { [W1 in 'a' | 'b']: W1 }; type W6<T> = T extends W1 ? 1 : 2"],
    ["const { a: w7 = W1.make(), ...w8 } = { a: undefined, b: W1 } as { a?: W1; b: typeof W1 }"],
    ["class W1 { other = 1 }"],
    [
      "w3.W1.area; w3.w2(1).W1.toFixed(); const w9: W4 = 'area'; const w10: W5 = { a: 'a', b: 'b' }",
    ],
    ["const w11: W6<{ area: 5 }> = 1; w7.area; w8.b.make(); new W1().other"],
    ["let w12: W4 = 'other'", "2322 1:5-8"],
  ],
  "decorators, generators, symbols, tuples, assertions": [
    [
      "function x1(target: unknown, context: unknown) {}\n@x1 class X2 { @x1 m() {} accessor a = 1 }",
    ],
    ["new X2().a.toFixed(); async function* x3() { yield 1 }"],
    ["for await (const g of x3()) g.toFixed()"],
    ["const x4 = Symbol('x'); const x5 = { [x4]: 1 }; let x6: [number, string] = [1, 'a']"],
    ["x5[x4].toFixed(); x6[1].length"],
    ["function x7(x: unknown): asserts x is string {}\nlet x8: unknown = 'x'; x7(x8); x8.length"],
  ],
  "DOM is not there, Node is": [
    ["document.title", "2584 1:1-9"],
    [
      "const u1: Buffer = Buffer.from('x'); fetch('http://127.0.0.1'); setTimeout(() => {}, 1).unref()",
    ],
  ],
};

describe("cells in sequence", () => {
  let folder: NotebookFolder;
  let checker: Checker;
  beforeAll(() => {
    folder = notebookFolder({});
    checker = Checker.start({ cwd: folder.path, firstCheckMs: 60_000, checkMs: 60_000 });
  });
  afterAll(async () => {
    await checker.dispose();
    folder.remove();
  });

  test.each(Object.entries(SEQUENCES))("%s", async (_name, cells) => {
    for (const [code, ...expected] of cells) {
      const found = await checker.check(code);
      checker.accept(code);
      const places = found.map((d) => `${d.code} ${d.line}:${d.column}-${d.endColumn}`);
      expect({ code, places }).toEqual({ code, places: expected });
      expect(checker.state).toBe("ready");
    }
  });
});
