import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { shown, TestKernel, type Run } from "./client.js";
import { untilChecked } from "./until-checked.js";

const FILES = {
  "notebook/package.json": "{}",
  "notebook/math.ts": "export const double = (n: number): number => n * 2;",
  "notebook/worker.ts": `import { parentPort, workerData } from "node:worker_threads";
    import { double } from "./math.js";
    import { version } from "@me/util";
    enum Kind { A = "a" }
    const own: string[] = process.argv.slice(2);
    parentPort?.postMessage([double(workerData as number), Kind.A, version, import.meta.filename, own]);`,
  "notebook/failing.ts": 'const line: number = 1;\n\nthrow new RangeError("in a worker" + line);',
  "notebook/wrong.ts": 'export const wrong: number = "text";',
  "notebook/between.ts":
    'import { wrong } from "./wrong.js"; export const between = String(wrong);',
  "notebook/broken.ts": "export const broken: number = ;",
  "notebook/loose.js": "export const loose = (a, b) => a + b;",
  "util/package.json": JSON.stringify({
    name: "@me/util",
    type: "module",
    exports: {
      ".": "./src/index.ts",
      "./more": { import: "./src/more.ts" },
      "./built": "./built.js",
    },
  }),
  "util/src/index.ts":
    'export * from "./help.js"; export enum Mode { On = 1 } export const version: string = "v1";',
  "util/src/help.ts": "export const help = (n: number): number => n * 2;",
  "util/src/more.ts": "export const more: number = 5;",
  "util/built.js": "export const built = 1;",
  "plain/package.json": '{ "name": "plain", "main": "main.ts" }',
  "plain/main.ts": "export const plain: string = 'p';",
};

let folder: string;
let kernel: TestKernel;
const write = (name: string, text: string) => writeFile(join(folder, name), text);
beforeAll(async () => {
  folder = await temporaryFolder("redis-lab-test-sources");
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await write(name, text);
  }
  await mkdir(join(folder, "notebook", "node_modules", "@me"), { recursive: true });
  await symlink(join(folder, "util"), join(folder, "notebook", "node_modules", "@me", "util"));
  await symlink(join(folder, "plain"), join(folder, "notebook", "node_modules", "plain"));
  kernel = await TestKernel.start({ cwd: join(folder, "notebook") });
  await untilChecked(kernel);
});
afterAll(async () => {
  await kernel.stop();
  await removeFolder(folder);
});

const tracebackOf = ({ reply }: Run) =>
  stripVTControlCharacters((reply.content["traceback"] as string[]).join("\n"));

describe("packages of a workspace", () => {
  test.each([
    [
      "import { help, Mode, version } from '@me/util'; [help(4), Mode.On, version]",
      "[ 8, 1, 'v1' ]",
    ],
    [
      "import { more } from '@me/util/more'; import { built } from '@me/util/built'; more + built",
      "6",
    ],
    ["(await import('@me/util/more')).more", "5"],
    ["import { plain } from 'plain'; plain", "p"],
  ])("%s", async (code, result) => {
    expect(shown(await kernel.run(code))).toBe(result);
  });

  test("are loaded anew when they have changed, with their types", async () => {
    await kernel.run("import { help } from '@me/util'; help(1)");
    await write("util/src/help.ts", "export const help = (n: number): string => `${n}!`;");
    expect(shown(await kernel.run("import { help } from '@me/util'; help(4).length"))).toBe("2");
  });
});

describe("a worker of a TypeScript file", () => {
  const start = (options: string) =>
    `import { Worker } from "node:worker_threads"; import { once } from "node:events";
     const made = new Worker(${options}); const [answer] = (await once(made, "message")) as unknown[]; answer`;

  test.each([
    ["a URL", 'new URL("./worker.ts", import.meta.url), { workerData: 21, argv: ["x"] }', ["x"]],
    ["a path", '"./worker.ts", { workerData: 21 }', []],
    [
      "the name of what it compiles to",
      'new URL("./worker.js", import.meta.url), { workerData: 21 }',
      [],
    ],
  ])("by %s", async (_what, options, argv) => {
    const filename = join(folder, "notebook", "worker.ts");
    const code = `// @ts-nocheck\n${start(options)};JSON.stringify(answer)`;
    expect(JSON.parse(String(shown(await kernel.run(code))))).toEqual([
      42,
      "a",
      "v1",
      filename,
      argv,
    ]);
  });

  test("that throws tells its own line", async () => {
    const run = await kernel.run(start('new URL("./failing.ts", import.meta.url)'));
    expect(run.reply.content).toMatchObject({ ename: "RangeError", evalue: "in a worker1" });
    expect(tracebackOf(run)).toContain("failing.ts, line 3");
  });

  test("leaves other workers as they are", async () => {
    const code = start("\"require('worker_threads').parentPort.postMessage(7)\", { eval: true }");
    expect(shown(await kernel.run(code))).toBe("7");
  });
});

describe("type errors of local files", () => {
  test.each([
    ["import { wrong } from './wrong.ts'", "wrong.ts: TS2322: Type 'string'"],
    ["import { between } from './between.ts'", "wrong.ts: TS2322: Type 'string'"],
    ["import { broken } from './broken.ts'", "broken.ts: TS1109: Expression expected."],
  ])("%s does not run, and the file's line is shown", async (code, message) => {
    const run = await kernel.run(`${code}; console.log('ran')`);
    expect(run.reply.content["evalue"]).toContain(message);
    expect(run.messages.map(({ header }) => header.msg_type)).not.toContain("stream");
    expect(tracebackOf(run)).toMatch(/(wrong|broken)\.ts, line 1, column \d+ - error/);
  });

  test("are gone when the file is mended, and are not those of JavaScript or of other cells", async () => {
    await write("notebook/wrong.ts", "export const wrong: number = 1;");
    expect(shown(await kernel.run("import { between } from './between.ts'; between"))).toBe("1");
    await write("notebook/wrong.ts", 'export const wrong: number = "text";');
    expect(shown(await kernel.run("import { loose } from './loose.js'; loose(1, 2)"))).toBe("3");
    expect(shown(await kernel.run("1 + 1"))).toBe("2");
    const unchecked = "// @ts-nocheck\nimport { wrong } from './wrong.ts'; wrong";
    expect(shown(await kernel.run(unchecked))).toBe("text");
  });
});
