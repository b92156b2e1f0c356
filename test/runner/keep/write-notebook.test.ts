import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import {
  open,
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { array, assert, asyncProperty, boolean, constantFrom, nat, record } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { updateNotebook } from "#runner/keep/write-notebook.js";
import { parseNotebook, readNotebook } from "#runner/read/notebook.js";
import { root } from "../../root.js";
import type { Output } from "#runner/read/output.js";

// What --update does to files, and what it leaves of other people's edits.
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "update żółw "));
});
afterAll(() => rm(folder, { recursive: true }));

const out = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const stored = (text: string) => ({ name: "stdout", output_type: "stream", text: [text] });

interface Cell {
  readonly cell_type: string;
  readonly id?: string;
  readonly source: string;
  readonly metadata: object;
  readonly outputs?: unknown[];
  readonly execution_count?: number | null;
}

const code = (source: string, id?: string): Cell => ({
  cell_type: "code",
  ...(id === undefined ? {} : { id }),
  source,
  metadata: {},
  outputs: [stored(`old ${source}\n`)],
  execution_count: null,
});
const textOf = (cells: readonly Cell[]) =>
  `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
const cellsIn = async (file: string) =>
  (JSON.parse(await readFile(file, "utf8")) as { cells: Cell[] }).cells;

async function notebookAt(name: string, cells: readonly Cell[]) {
  const file = join(folder, name);
  await writeFile(file, textOf(cells));
  const notebook = await readNotebook(file);
  const outputs = notebook.cells.map(({ source }) => [out(`new ${source}\n`)]);
  return { file, notebook, outputs };
}

test("a file is replaced as a whole with its mode, and left alone when nothing changed", async () => {
  const { file, notebook, outputs } = await notebookAt("mode.ipynb", [code("a")]);
  await chmod(file, 0o640);
  expect(await updateNotebook(notebook, outputs)).toEqual({ written: true, failures: [] });
  expect(await cellsIn(file)).toMatchObject([{ outputs: [stored("new a\n")] }]);
  const after = await stat(file);
  expect(after.mode & 0o777).toBe(0o640);
  const again = await readNotebook(file);
  expect(await updateNotebook(again, outputs)).toEqual({ written: false, failures: [] });
  expect((await stat(file)).mtimeMs).toBe(after.mtimeMs);
  expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a link stays one, and what it leads to is written", async () => {
  const { file, outputs } = await notebookAt("target.ipynb", [code("a")]);
  const link = join(folder, "link.ipynb");
  await symlink("target.ipynb", link);
  expect(await updateNotebook(await readNotebook(link), outputs)).toMatchObject({ written: true });
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await cellsIn(file)).toMatchObject([{ outputs: [stored("new a\n")] }]);
});

test("a read-only file is refused, also to one who may write everything", async () => {
  const { file, notebook, outputs } = await notebookAt("read-only.ipynb", [code("a")]);
  await chmod(file, 0o444);
  const { written, failures } = await updateNotebook(notebook, outputs);
  expect({ written, failures }).toMatchObject({
    written: false,
    failures: [{ verdict: "not-updated", message: expect.stringContaining("read-only") as string }],
  });
  expect(await cellsIn(file)).toMatchObject([{ outputs: [stored("old a\n")] }]);
});

test("a full disk is told in one sentence and leaves nothing behind", async () => {
  const { file, notebook } = await notebookAt("full.ipynb", [code("a")]);
  // The shell's limit on the size of files stands for a full disk: the write ends in the middle.
  const program = `
    import { updateNotebook } from ${JSON.stringify(join(root, "src/runner/dist/keep/write-notebook.js"))};
    import { readNotebook } from ${JSON.stringify(join(root, "src/runner/dist/read/notebook.js"))};
    process.on("SIGXFSZ", () => {});
    const outputs = [[{ output_type: "stream", name: "stdout", text: "x".repeat(1e6) }]];
    const result = await updateNotebook(await readNotebook(${JSON.stringify(file)}), outputs);
    console.log(JSON.stringify(result));`;
  const command = `ulimit -f 100; exec "$0" --input-type=module -e "$1"`;
  const child = spawn("/bin/sh", ["-c", command, process.execPath, program]);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (more: string) => (text += more));
  }
  await once(child, "close");
  expect(JSON.parse(text)).toMatchObject({
    written: false,
    failures: [{ verdict: "not-updated", message: expect.stringMatching(/^[^\n]*$/) as string }],
  });
  expect(await readFile(file, "utf8")).toBe(notebook.text);
  expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("cells that were edited while the notebook ran stay as they are, and are named", async () => {
  const cells = ["a", "b", "c"].map((source) => code(source, `id-${source}`));
  const { file, notebook, outputs } = await notebookAt("edited.ipynb", cells);
  const note = { cell_type: "markdown", id: "note", source: "new", metadata: { x: 1 } };
  const edited = { ...cells[1]!, source: "b2" };
  await writeFile(file, textOf([note, cells[2]!, edited, cells[0]!]));
  const { written, failures } = await updateNotebook(notebook, outputs);
  expect(written).toBe(true);
  expect(failures).toMatchObject([{ verdict: "not-updated" }]);
  expect(failures[0]?.message).toContain("code cell 2.");
  expect(await cellsIn(file)).toMatchObject([
    note,
    { source: "c", outputs: [stored("new c\n")] },
    edited,
    { source: "a", outputs: [stored("new a\n")] },
  ]);
});

test.each([
  ["is gone", "gone"],
  ["is no notebook any more", "no notebook"],
])("a file that %s is left so", async (_, what) => {
  const { file, notebook, outputs } = await notebookAt("left.ipynb", [code("a")]);
  if (what === "gone") await rm(file);
  else await writeFile(file, "half a noteb");
  const { written, failures } = await updateNotebook(notebook, outputs);
  expect({ written, failures }).toMatchObject({
    written: false,
    failures: [{ verdict: "not-updated" }],
  });
});

test("a file that is just being saved, in two halves, is waited for", async () => {
  const { file, notebook, outputs } = await notebookAt("halves.ipynb", [code("a", "id-a")]);
  const note = { cell_type: "markdown", id: "note", source: "new", metadata: {} };
  const whole = textOf([note, code("a", "id-a")]);
  await writeFile(file, whole.slice(0, 50));
  const update = updateNotebook(notebook, outputs);
  await sleep(100);
  await writeFile(file, whole);
  expect(await update).toEqual({ written: true, failures: [] });
  expect(await cellsIn(file)).toMatchObject([note, { outputs: [stored("new a\n")] }]);
});

test("a program that had the file open and saves slowly, as it is replaced, loses nothing", async () => {
  const { file, notebook, outputs } = await notebookAt("slow.ipynb", [code("a", "id-a")]);
  const note = { cell_type: "markdown", id: "note", source: "new", metadata: {} };
  const whole = textOf([note, code("a", "id-a")]);
  const editor = await open(file, "r+");
  const { ino } = await editor.stat();
  const update = updateNotebook(notebook, outputs);
  while (statSync(file).ino === ino) await sleep(1);
  await editor.truncate(0);
  await editor.write(whole.slice(0, 50), 0);
  await sleep(200);
  await editor.write(whole.slice(50), 50);
  await editor.close();
  expect(await update).toEqual({ written: true, failures: [] });
  expect(await cellsIn(file)).toMatchObject([note, { outputs: [stored("new a\n")] }]);
});

/** What an editor may do to a notebook between two of its savings. */
const editOf = record({
  waitMs: nat(6),
  what: constantFrom("source", "markdown", "add", "remove", "metadata", "swap"),
  at: nat(20),
  /** Editors write into the file, or replace it. */
  how: constantFrom("in place", "renamed"),
});

test("a random notebook, edited at random while it is updated: no edit is lost", async () => {
  let run = 0;
  const property = asyncProperty(
    array(constantFrom("a", "b", "long ".repeat(2000)), { minLength: 1, maxLength: 8 }),
    boolean(),
    array(editOf, { maxLength: 6 }),
    async (sources, withIds, edits) => {
      const cells = sources.map((source, index) =>
        code(source, withIds ? `cell-${index}` : undefined),
      );
      const { file, notebook, outputs } = await notebookAt(`random-${run++}.ipynb`, cells);
      const updating = updateNotebook(notebook, outputs);
      // The editor's own copy: what it saves last must be what stands there, but for outputs.
      const copy = [...cells];
      for (const [count, { waitMs, what, at, how }] of edits.entries()) {
        await sleep(waitMs);
        const index = at % Math.max(1, copy.length);
        const one = copy[index];
        if (what === "add" || one === undefined) copy.splice(index, 0, code(`added ${count}`));
        else if (what === "remove") copy.splice(index, 1);
        else if (what === "swap") copy.push(...copy.splice(index, 1));
        else if (what === "source") copy[index] = { ...one, source: `edited ${count}` };
        else if (what === "metadata") copy[index] = { ...one, metadata: { edited: count } };
        else copy.unshift({ cell_type: "markdown", source: `note ${count}`, metadata: {} });
        await save(file, textOf(copy), how);
      }
      await updating;
      const text = await readFile(file, "utf8");
      parseNotebook(file, text);
      const bare = (all: readonly Cell[]) =>
        all.map(({ outputs: _o, execution_count: _e, ...rest }) => rest);
      expect(bare(await cellsIn(file))).toEqual(bare(copy));
      for (const cell of await cellsIn(file)) {
        if (cell.cell_type !== "code") continue;
        const texts = cell.outputs as { text: string[] }[];
        expect(texts[0]?.text[0]).toMatch(/^(?:old|new) /);
        expect(texts).toHaveLength(1);
      }
      await rm(file);
    },
  );
  await assert(property, { numRuns: 150 });
}, 120_000);

async function save(file: string, text: string, how: string): Promise<void> {
  if (how === "in place") {
    await writeFile(file, text);
    return;
  }
  await writeFile(`${file}.editor`, text);
  await rename(`${file}.editor`, file);
}
