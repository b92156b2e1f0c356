import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shown, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await TestKernel.start({ args: ["--check=off"] });
});
afterAll(() => kernel.stop());

/** How many programs, and cells of each. FUZZ_PROGRAMS makes it search longer. */
const PROGRAMS = Number(process.env["FUZZ_PROGRAMS"] ?? 10);
const CELLS = 25;

/** A random number generator that a seed makes repeatable (mulberry32). */
function randoms(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Statements that are the same in one program as spread over cells. */
function statement(random: (below: number) => number, turn: number): string {
  const name = () => `v${random(6)}`;
  const value = () =>
    [
      `${random(100)}`,
      `${name()} + ${random(9)}`,
      `[${name()}, ${name()}].length`,
      `f${random(3)}(${name()})`,
    ][random(4)];
  const forms = [
    () => `${name()} = ${value()};`,
    () => `f${random(3)} = (x: number): number => x + ${name()};`,
    () =>
      `try { if (${name()} % 2 === ${random(2)}) throw new Error("odd"); } catch (e) { log.push((e as Error).message); }`,
    () => `for (const step of [1, 2, 3]) ${name()} += step * ${random(5)};`,
    () =>
      `{ const { a, ...rest } = { a: ${value()}, b: ${name()} }; log.push(a, Object.keys(rest).length); }`,
    () => `${name()} = await Promise.resolve(${value()});`,
    () => `for await (const item of [Promise.resolve(${name()}), ${random(9)}]) log.push(item);`,
    () => `log.push(typeof f${random(3)}, \`\${${name()}}\`);`,
    () => `enum E${turn} { A = ${random(5)}, B } log.push(E${turn}.B, E${turn}[E${turn}.A]);`,
    () =>
      `class C${turn} { #x = ${name()}; static make() { return new C${turn}(); } get x() { return this.#x } } log.push(C${turn}.make().x);`,
    () =>
      `function g${turn}(n: number): number { return n <= 0 ? ${name()} : g${turn}(n - 1) + 1 } log.push(g${turn}(${random(5)}));`,
    () => `var w${turn} = ${value()}; log.push(w${turn});`,
    () => `namespace N${turn} { export const y = ${value()} } log.push(N${turn}.y);`,
    () =>
      `await null; log.push((() => { switch (${name()} % 3) { case 0: return "zero"; case 1: return "one"; default: return "more" } })());`,
  ];
  return (forms[random(forms.length)] as () => string)();
}

const PROLOGUE =
  "let log: unknown[] = []; let v0 = 0, v1 = 1, v2 = 2, v3 = 3, v4 = 4, v5 = 5;\n" +
  "let f0 = (x: number): number => x, f1 = (x: number): number => x + 1, f2 = (x: number): number => x * 2;";
const EPILOGUE = "JSON.stringify([log, v0, v1, v2, v3, v4, v5, f0(1), f1(1), f2(1)])";

test.each(Array.from({ length: PROGRAMS }, (_, seed) => seed))(
  "program %i does the same in cells as in one module",
  async (seed) => {
    const random = randoms(seed + 1);
    const cells = Array.from({ length: CELLS }, (_, turn) => statement(random, turn));
    const program = [PROLOGUE, ...cells, `process.stdout.write(${EPILOGUE});`].join("\n");
    const plain = spawnSync(
      process.execPath,
      ["--input-type=module", "-e", await withoutTypes(program)],
      { encoding: "utf8" },
    );
    expect(plain.stderr).toBe("");
    for (const cell of [PROLOGUE, ...cells]) {
      const { reply } = await kernel.run(cell);
      expect({ cell, status: reply.content["status"] }).toEqual({ cell, status: "ok" });
    }
    expect(shown(await kernel.run(EPILOGUE))).toBe(plain.stdout);
  },
);

async function withoutTypes(program: string): Promise<string> {
  const { transform } = await import("esbuild");
  return (await transform(program, { loader: "ts", target: "node20" })).code;
}

test("random texts as cells are refused or run, and the kernel lives on", async () => {
  const random = randoms(7);
  const pieces =
    "{ } ( ) [ ] ; , . => ` ${ } ' \" / * // /* */ await import export from class enum let x y 1 = + @ # ? : < > \n 😀 \u0000 return yield using namespace declare function async type".split(
      " ",
    );
  for (let turn = 0; turn < 150; turn++) {
    const code = Array.from({ length: 1 + random(12) }, () => pieces[random(pieces.length)]).join(
      " ",
    );
    const run = await kernel.run(code);
    expect(["ok", "error"]).toContain(run.reply.content["status"]);
  }
  expect(textOf(await kernel.run("console.log('alive')"))).toBe("alive\n");
});
