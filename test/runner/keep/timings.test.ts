import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Timings } from "#runner/keep/timings.js";
import { parseNotebook } from "#runner/read/notebook.js";
import { htmlReport } from "#runner/report/html/page.js";
import type { RunResult } from "#runner/run/run-events.js";
import { notebookText } from "../fixtures.js";

test("the last runs are kept with the times of the cells, and drawn in the report", async () => {
  const folder = await mkdtemp(join(tmpdir(), "timings "));
  try {
    const file = join(folder, ".lab/timings.json");
    const notebook = parseNotebook(join(folder, "n.ipynb"), notebookText([{ source: "1" }]));
    const [cell] = notebook.cells as [never];
    const result = (milliseconds: number): RunResult => ({
      notebook,
      milliseconds,
      startMilliseconds: 1,
      written: false,
      kernelLog: "",
      outputs: [],
      cells: [{ cell, status: "passed", milliseconds, outputs: [] }],
      failures: [],
    });
    for (let run = 1; run <= 25; run++) {
      await (await Timings.read(file, folder)).add([result(run * 100)]);
    }
    const timings = await Timings.read(file, folder);
    expect(timings.of(notebook)).toBe(2500);
    expect(timings.historyOf(notebook)).toHaveLength(20);
    expect(timings.historyOf(notebook)[0]).toMatchObject({ milliseconds: 600, cells: [600] });
    expect(await readdir(join(folder, ".lab"))).toEqual(["timings.json"]);
    const end = { type: "run-end", results: [result(700)], milliseconds: 700, left: 0 } as const;
    const html = htmlReport(end, timings.historyOf);
    expect(html).toContain("the cell took 0.7 s; the 20 runs before, 0.6 s to 2.5 s");
    expect(html).toMatch(/Slowest cells<\/summary><ol><li><a href="#notebook-1">[^<]*code cell 1/);
    expect(htmlReport(end)).not.toContain('<svg class="trend"');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a file of an older form, or of none, is read as far as it tells", async () => {
  const folder = await mkdtemp(join(tmpdir(), "timings "));
  try {
    const notebook = parseNotebook(join(folder, "n.ipynb"), notebookText([]));
    const file = join(folder, "timings.json");
    for (const [text, time] of [
      ['{"n.ipynb": 1200}', 1200],
      ['{"n.ipynb": "x"}', undefined],
      ["half a f", undefined],
    ] as const) {
      await writeFile(file, text);
      expect((await Timings.read(file, folder)).of(notebook)).toBe(time);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
