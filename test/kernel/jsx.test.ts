import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { shown, TestKernel } from "./client.js";
import { untilChecked } from "./until-checked.js";

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder("redis-lab-test-jsx");
});
afterAll(() => removeFolder(folder));

async function withFiles(files: Readonly<Record<string, string>>, name: string): Promise<string> {
  const cwd = join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(join(cwd, file, ".."), { recursive: true });
    await writeFile(join(cwd, file), text);
  }
  return cwd;
}

async function last(cwd: string, cells: readonly string[], args = ["--check=off"]) {
  const kernel = await TestKernel.start({ cwd, args });
  try {
    if (args.length === 0) await untilChecked(kernel);
    let result: unknown;
    for (const cell of cells) {
      const run = await kernel.run(cell);
      result = shown(run) ?? run.reply.content["evalue"];
    }
    return result;
  } finally {
    await kernel.stop();
  }
}

/** A package whose elements tell by whom they were made. */
const runtime = (name: string) => ({
  [`node_modules/${name}/package.json`]: `{ "name": "${name}", "exports": { "./jsx-runtime": "./r.js" } }`,
  [`node_modules/${name}/r.js`]: `exports.jsx = (type, props) => ({ by: "${name}", type, props });
    exports.jsxs = exports.jsx; exports.Fragment = "fragment";`,
});

describe("JSX is compiled", () => {
  test.each([
    ["by an installed react", runtime("react"), "react"],
    ["by an installed preact", runtime("preact"), "preact"],
    [
      "by the import source of tsconfig.json",
      {
        ...runtime("react"),
        ...runtime("mine"),
        "tsconfig.json": '{ "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "mine" } }',
      },
      "mine",
    ],
  ])("%s", async (name, files, by) => {
    const cwd = await withFiles(files, name);
    expect(
      await last(cwd, ["const e = <b id='x'>1</b>;", "`${e.by} ${e.type} ${e.props.id}`"]),
    ).toBe(`${by} b x`);
  });

  test("by the factory of tsconfig.json", async () => {
    const tsconfig =
      '{ "compilerOptions": { "jsx": "react", "jsxFactory": "h", "jsxFragmentFactory": "F" } }';
    const cwd = await withFiles({ "tsconfig.json": tsconfig, ...runtime("react") }, "factory");
    const cells = ["const h = (...all) => all.join(); const F = 'fragment';", "<><b>1</b></>"];
    expect(await last(cwd, cells)).toBe("fragment,,b,,1");
  });

  test("with React in scope where nothing is installed", async () => {
    const cwd = await withFiles({ "package.json": "{}" }, "classic");
    const cells = ["const React = { createElement: (type) => `made ${type}` };", "<b />"];
    expect(await last(cwd, cells)).toBe("made b");
    expect(await last(cwd, ["<b />"], [])).toContain(`npm install react\` in ${cwd}`);
  });

  test("in a local file, as in a cell", async () => {
    const files = { ...runtime("preact"), "part.tsx": "export const Part = () => <i>1</i>;" };
    const cwd = await withFiles(files, "local");
    expect(await last(cwd, ["import { Part } from './part.tsx'; Part().by"])).toBe("preact");
  });
});

describe("types of JSX", () => {
  // Here preact, with its types, is found.
  const cwd = import.meta.dirname;
  let kernel: TestKernel;
  beforeAll(async () => {
    kernel = await TestKernel.start({ cwd });
    await untilChecked(kernel);
    await kernel.run("function Hello({ n }: { n: number }) { return <b>{n}</b> }");
    await kernel.run("const cast = <number>(1 as unknown); const same = <T>(x: T) => x;");
  });
  afterAll(() => kernel.stop());

  test.each([
    ["<Hello n={cast} />; 1", "1"],
    ["same(<Hello n={same(cast)} />).props.n", "1"],
    ["same(cast).toFixed(1)", "1.0"],
    ["const el = <Hello n={3} />; el.props.n", "3"],
    ["<div><Hello n={1} /> {[1].map((i) => <li key={i}>{i}</li>)}</div>; 2", "2"],
  ])("%s", async (code, result) => {
    expect(shown(await kernel.run(code))).toBe(result);
  });

  test.each([
    ["<Hello n='x' />", /'string' is not assignable to type 'number'/],
    ["<Hello />", /'n' is missing/],
    ["<Hello n={1}>", /Unexpected token|Expected|closing/],
    ["<Unknown />", /Cannot find name 'Unknown'/],
  ])("%s is refused", async (code, message) => {
    const { reply } = await kernel.run(code);
    expect(reply.content["evalue"]).toMatch(message);
  });
});
