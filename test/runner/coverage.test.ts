import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runNotebooks } from "#runner/run-notebooks.js";
import { writeFixture } from "./fixtures.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "coverage żółw "));
});
afterAll(() => rm(folder, { recursive: true }));

const SOURCE = `import { twice } from "./twice.ts";

export function size(n: number): string {
  if (n > 9) {
    return "big";
  }
  return "small";
}

export function unused(): number {
  return twice(1);
}
`;

test("coverage tells by cell which lines of imported TypeScript have run", async () => {
  await writeFile(join(folder, "size.ts"), SOURCE);
  await writeFile(join(folder, "twice.ts"), "export const twice = (n: number): number => 2 * n;\n");
  const sources = [
    'import { size } from "./size.ts";\nimport { twice } from "./twice.ts";',
    'if (size(1) !== "small") throw new Error();',
    'if (size(10) !== "big") throw new Error();',
    "if (twice(1) !== 2) throw new Error();",
  ];
  const own = { kernelspec: { name: "typescript", language: "typescript" } };
  const cells = sources.map((source) => ({ source }));
  await writeFixture(folder, "n.ipynb", cells, own);
  const [result] = await runNotebooks({ notebooks: ".", folder, coverageFolder: "out" });
  expect(result?.failures).toEqual([]);

  const read = (name: string) => readFile(join(folder, "out", name), "utf8");
  const records = (await read("lcov.info")).split("end_of_record\n");
  const ran = (cell: number, file: string) => {
    const start = `TN:n_ipynb_cell_${cell}\nSF:${file}\n`;
    const record = records.find((one) => one.startsWith(start));
    return [...(record ?? "").matchAll(/^DA:(\d+),[1-9]/gm)].map(([, line]) => Number(line));
  };
  // What a cell does not run, an earlier one may have.
  expect(ran(2, "size.ts")).toEqual([3, 4, 7, 8]);
  expect(ran(3, "size.ts")).toEqual([3, 4, 5, 6]);
  expect(ran(3, "twice.ts")).toEqual([]);
  expect(ran(4, "twice.ts")).toEqual([1]);
  expect(ran(4, "size.ts")).toEqual([]);
  expect(await read("cells.html")).toContain("<td>size.ts</td><td>3-4, 7-8</td>");
  // All cells together: of the lines only the body of what nobody calls is left.
  expect(await read("index.html")).toContain('data-value="twice.ts"');
  expect(await read("size.ts.html")).toContain("cstat-no");
}, 60_000);
