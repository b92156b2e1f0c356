import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";

import { Checker, type CheckerOptions } from "#kernel/checker/checker.js";
import { notebookFolder, type NotebookFolder } from "./notebook-folder.js";
import { root } from "../../root.js";

let folder: NotebookFolder | undefined;
let checker: Checker | undefined;
afterEach(async () => {
  await checker?.dispose();
  folder?.remove();
});

function start(files: Readonly<Record<string, string>>, options: Partial<CheckerOptions> = {}) {
  folder = notebookFolder(files);
  const cwd = path.join(folder.path, options.cwd ?? "");
  checker = Checker.start({ firstCheckMs: 60_000, checkMs: 60_000, ...options, cwd });
  return { edited: folder, run: runIn(checker) };
}

/** Checks a cell and lets it run: what was found, as `code line:column`. */
function runIn(notebook: Checker) {
  return async (code: string) => {
    const found = await notebook.check(code);
    notebook.accept(code);
    return found.map((d) => `${d.severity} ${d.code} ${d.line}:${d.column}`);
  };
}

describe("imports", () => {
  test("the lab's own package by name, and ioredis, over cells", async () => {
    checker = Checker.start({
      cwd: path.join(root, "notebooks"),
      firstCheckMs: 60_000,
      checkMs: 60_000,
    });
    const run = runIn(checker);
    expect(
      await run('import { connect } from "redis-lab";\nconst redis = await connect("x");'),
    ).toEqual([]);
    expect(await run('const value = await redis.get("k");')).toEqual([]);
    expect(await run("value.length")).toEqual(["error 18047 1:1"]);
    expect(
      await run(
        'import Redis, { type RedisOptions } from "ioredis";\nimport * as all from "ioredis";',
      ),
    ).toEqual([]);
    expect(
      await run("const o: RedisOptions = { port: 'x' }; const c: Redis = new all.Cluster([])"),
    ).toEqual(["error 2322 1:27", "error 2740 1:46"]);
    // What was imported from elsewhere under the name replaces it, but not where it was used.
    expect(await run("const mine = new Redis({ lazyConnect: true });")).toEqual([]);
    expect(await run('import { EventEmitter as Redis } from "node:events";')).toEqual([]);
    expect(await run("mine.get('k'); new Redis().get('k')")).toEqual(["error 2339 1:28"]);
  });

  test("what is wrong with an import is shown where it stands", async () => {
    const { run } = start({ "good.ts": "export const one = 1;" });
    expect(
      await run(
        'const a = 1;\nimport { two } from "./good.ts"; import x from "nowhere";\n  import "./good"; a.foo',
      ),
    ).toEqual(["error 2305 2:10", "error 2307 2:48", "error 2339 3:22"]);
  });

  test("types that are found only through exports, and a package without any", async () => {
    const { run } = start({
      "node_modules/modern/package.json": JSON.stringify({
        name: "modern",
        exports: {
          ".": { types: "./t/main.d.ts", default: "./m.js" },
          "./deep": { types: "./t/deep.d.ts" },
        },
      }),
      "node_modules/modern/t/main.d.ts": "export declare const n: number;",
      "node_modules/modern/t/deep.d.ts": "declare function f(): string; export default f;",
      "node_modules/plain/package.json": JSON.stringify({ name: "plain", main: "i.js" }),
      "node_modules/plain/i.js": "exports.x = 1;",
    });
    expect(
      await run('import { n } from "modern"; import f from "modern/deep"; n.foo; f().foo'),
    ).toEqual(["error 2339 1:60", "error 2339 1:69"]);
    expect(await run('import { x } from "plain"; x.whatever')).toEqual(["warning 7016 1:19"]);
    expect(await run("x.whatever")).toEqual([]);
  });

  test("JSON, with and without the attribute, and dynamic import", async () => {
    const { run } = start({ "data.json": '{ "a": { "b": 1 } }', "m.mts": "export const q = 'x'" });
    expect(await run('import data from "./data.json"; data.a.b.foo')).toEqual(["error 2339 1:42"]);
    expect(await run('import more from "./data.json" with { type: "json" }; more.a.c')).toEqual([
      "error 2339 1:62",
    ]);
    expect(await run('const { q } = await import("./m.mts");')).toEqual([]);
    const dynamic =
      'const m = await import("./m.mts"); m.q.foo; import("./none").then((n) => n);\nm.none';
    expect(await run(dynamic)).toEqual(["error 2339 1:40", "error 2307 1:52", "error 2339 2:3"]);
    expect(
      await run("m.q.length; m.none; const later: Promise<typeof m> = import('./m.mts')"),
    ).toEqual(["error 2339 1:15"]);
    expect(await run("q.foo; data.a.d")).toEqual(["error 2339 1:3", "error 2339 1:15"]);
  });

  test("a local file, and one that it imports, are read again when they were edited", async () => {
    const { edited, run } = start(
      {
        "src/a.ts": 'export { b } from "./b.js"; export const a = 1;',
        "src/b.ts": "export const b = 1;",
        "notes/x.txt": "",
      },
      { cwd: "notes" },
    );
    expect(await run('import { a, b } from "../src/a.ts"; a.toFixed(); b.toFixed()')).toEqual([]);
    expect(await run("b.toFixed()")).toEqual([]);
    edited.write("src/b.ts", "export const b = 'text';");
    expect(await run("b.toFixed()")).toEqual(["error 2551 1:3"]);
    edited.write("src/a.ts", 'export { b } from "./b.js"; export const a = "text";');
    expect(await run("a.toFixed(); b.length")).toEqual(["error 2551 1:3"]);
  });

  test("a module that was not there is found once it is", async () => {
    const { edited, run } = start({});
    expect(await run('import { late } from "./late.ts";')).toEqual(["error 2307 1:22"]);
    expect(await run('import got from "got-late";')).toEqual(["error 2307 1:17"]);
    edited.write("late.ts", "export const late = 1;");
    edited.write("node_modules/got-late/package.json", '{ "name": "got-late", "types": "i.d.ts" }');
    edited.write("node_modules/got-late/i.d.ts", "declare const got: 5; export default got;");
    expect(await run('import { late } from "./late.ts"; late.toFixed()')).toEqual([]);
    expect(await run('import got from "got-late"; got.foo')).toEqual(["error 2339 1:33"]);
    // Also when the cell was let run without it, and nothing in the notebook changed.
    expect(await run('import { later } from "./later.ts"; await 1')).toEqual(["error 2307 1:23"]);
    expect(await run('import { later } from "./later.ts"; await 2')).toEqual(["error 2307 1:23"]);
    edited.write("later.ts", "export const later = 1;");
    expect(await run('import { later } from "./later.ts"; await 3')).toEqual([]);
  });

  test("what the kernel gives has types: modules of its own, prompt, confirm", async () => {
    const { run } = start({});
    expect(await run("prompt('x')?.length; confirm('x').valueOf(); alert('x'); prompt(5)")).toEqual(
      ["error 2345 1:65"],
    );
    expect(
      await run(
        'import { display, clearOutput } from "typescript-kernel"; (await display(1)).update(2); clearOutput(1)',
      ),
    ).toEqual(["error 2559 1:101"]);
    expect(
      await run('import { display } from "tslab"; display.html("<b>"); display.html(5)'),
    ).toEqual(["error 2345 1:68"]);
  });
});

describe("tsconfig.json", () => {
  test("the nearest one counts: paths, lib, strict; what notebooks need stays", async () => {
    const { run } = start(
      {
        "tsconfig.json": JSON.stringify({
          compilerOptions: {
            strict: false,
            lib: ["es2015", "dom"],
            module: "commonjs",
            target: "es5",
            paths: { "#lib/*": ["./library/*"] },
            noUnusedLocals: true,
            isolatedModules: true,
            verbatimModuleSyntax: true,
          },
          include: ["library"],
        }),
        "library/thing.ts":
          "export interface Thing { a: number }\nexport const thing: Thing = { a: 1 };",
        "deep/notes/x.txt": "",
      },
      { cwd: "deep/notes" },
    );
    expect(
      await run('import { Thing, thing } from "#lib/thing.ts"; const t: Thing = thing;'),
    ).toEqual([]);
    expect(
      await run("function f(x) { return x.y }\nlet n: string = null; document.title; await f(1)"),
    ).toEqual([]);
    expect(await run("[1].toSorted()")).toEqual(["error 2550 1:5"]);
  });

  test("an option of the kernel overrules it; an edit counts", async () => {
    const strict = { "tsconfig.json": '{ "compilerOptions": { "strict": true } }' };
    const { edited, run } = start({ ...strict }, {});
    expect(await run("function f(x) { return x }")).toEqual(["error 7006 1:12"]);
    edited.write(
      "tsconfig.json",
      '{ "compilerOptions": { "strict": true, "noImplicitAny": false } }',
    );
    expect(await run("function f(x) { return x }")).toEqual([]);
    await checker?.dispose();
    folder?.remove();
    const { run: runLoose } = start(strict, { strict: false });
    expect(await runLoose("function f(x) { return x }")).toEqual([]);
  });

  test("one that is no JSON does not stop anything", async () => {
    const { run } = start({ "tsconfig.json": "{ not: json" });
    expect(await run("const a: string = 5; function f(x) {}")).toEqual([
      "error 2322 1:7",
      "error 7006 1:33",
    ]);
  });
});
