import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UsageError } from "#runner/errors.js";
import { keepResults, keptAt } from "#runner/keep/keep-results.js";
import { parseNotebook } from "#runner/read/notebook.js";
import { reportTo } from "#runner/report/write-report.js";
import type { RunResult } from "#runner/run/run-events.js";
import { notebookText } from "../fixtures.js";

// Where executed notebooks go, and what must never be written over.
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "kept żółw "));
});
afterAll(() => rm(root, { recursive: true }));

const notebook = (file: string) => parseNotebook(file, notebookText([{ source: "1" }]));
const resultOf = (file: string): RunResult => ({
  notebook: notebook(file),
  milliseconds: 1,
  startMilliseconds: 1,
  written: false,
  kernelLog: "",
  outputs: [],
  cells: [],
  failures: [],
});
const start = (...files: string[]) =>
  ({ type: "run-start", notebooks: files.map(notebook) }) as const;

test("notebooks of one name from several folders, inside and outside, have places of their own", () => {
  const options = { outputDir: "/out", failedDir: "/failed", roots: ["/home/project"] as [string] };
  const places = ["/home/a/x.ipynb", "/home/b/x.ipynb", "/x.ipynb", "/home/project/x.ipynb", "x.py"]
    .map((name) => join("/home/project", name.startsWith("/") ? `../..${name}` : name))
    .map((file) => keptAt({ notebook: { ...notebook(file), file } }, options));
  expect(places).toEqual([
    "/out/__/a/x.ipynb",
    "/out/__/b/x.ipynb",
    "/out/__/__/x.ipynb",
    "/out/x.ipynb",
    "/out/x.py.ipynb",
  ]);
});

test("an output folder or a report that would replace a notebook is refused before anything runs", async () => {
  const file = join(root, "n.ipynb");
  await writeFile(file, "{}");
  await symlink(root, join(root, "link"));
  const keep = keepResults(
    { outputDir: join(root, "link"), failedDir: join(root, "failed"), roots: [root] },
    () => {},
  );
  await expect(keep(start(file))).rejects.toThrow(UsageError);
  await expect(reportTo(join(root, "link/n.ipynb"), () => "")(start(file))).rejects.toThrow(
    /over the notebook itself/,
  );
});

test("what cannot be kept is told, and the run goes on to its end", async () => {
  const blocked = join(root, "blocked");
  await writeFile(blocked, "a file, no folder");
  const warnings: string[] = [];
  const keep = keepResults({ outputDir: blocked, failedDir: blocked, roots: [root] }, (text) =>
    warnings.push(text),
  );
  await keep({ type: "end", result: resultOf(join(root, "n.ipynb")) });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^[^\n]*n\.ipynb: the executed notebook is not kept: [^\n]*\n$/);
  const end = { type: "run-end", results: [], milliseconds: 1, left: 0 } as const;
  await expect(keep(end)).rejects.toThrow("--output-dir: 1 notebooks could not be written.");
});

test("a log takes no file's place that is not its own", async () => {
  const folder = join(root, "logs");
  await mkdir(folder);
  const keep = keepResults({ outputDir: folder, failedDir: folder, roots: [root] }, () => {});
  await keep({ type: "end", result: resultOf(join(root, "odd.name")) });
  expect(await readdir(folder)).toEqual(["odd.name.ipynb"]);
});
