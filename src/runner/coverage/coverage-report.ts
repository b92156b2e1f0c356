import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import coverageLibrary from "istanbul-lib-coverage";
import reportLibrary from "istanbul-lib-report";
import reports from "istanbul-reports";
import { shortPath } from "../read/select-files.js";
import type { CellCoverage } from "./kernel-coverage.js";
import { cellsPage, type CellLines } from "./cells-page.js";

/**
 * Collects what cells have run of the files that they import, and writes it into a folder: `lcov.info`
 * with a test name for each cell, `index.html` for all cells together, `cells.html` by cell.
 */
export class CoverageReport {
  readonly #cells: CellCoverage[] = [];

  constructor(
    private readonly folder: string,
    /** What paths in the reports are relative to. */
    private readonly root: string,
  ) {}

  add(cell: CellCoverage): void {
    const inside = cell.files.filter(({ file }) => !relative(this.root, file).startsWith(".."));
    this.#cells.push({ ...cell, files: inside });
  }

  async write(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const all = coverageLibrary.createCoverageMap({});
    for (const { files } of this.#cells) {
      for (const { file, data } of files) all.merge({ [file]: structuredClone(data) });
    }
    const context = reportLibrary.createContext({ dir: this.folder, coverageMap: all });
    reports.create("html", { skipEmpty: true }).execute(context);
    const cells = this.#cells.map((one) => this.#linesOf(one)).toSorted(byPlace);
    await writeFile(join(this.folder, "cells.html"), cellsPage(cells));
    await writeFile(join(this.folder, "lcov.info"), cells.map(lcovOf).join(""));
  }

  #linesOf({ notebook, cell, files }: CellCoverage): CellLines {
    return {
      notebook: shortPath(notebook.file, this.root),
      cell,
      source: notebook.cells[cell - 1]?.source ?? "",
      files: files.map(({ file, data }) => ({
        file: relative(this.root, file),
        lines: coverageLibrary.createFileCoverage(data).getLineCoverage(),
      })),
    };
  }
}

function byPlace(a: CellLines, b: CellLines): number {
  return a.notebook === b.notebook ? a.cell - b.cell : a.notebook < b.notebook ? -1 : 1;
}

/** The lcov writer of istanbul-reports knows no test names, by which lcov tells cells apart. */
function lcovOf({ notebook, cell, files }: CellLines): string {
  const name = `${notebook}_cell_${cell}`.replace(/\W/g, "_");
  return files
    .map(({ file, lines }) => {
      const counts = Object.entries(lines);
      const hit = counts.filter(([, count]) => count > 0).length;
      const data = counts.map(([line, count]) => `DA:${line},${count}`);
      const rows = [`TN:${name}`, `SF:${file}`, ...data, `LF:${counts.length}`, `LH:${hit}`];
      return `${rows.join("\n")}\nend_of_record\n`;
    })
    .join("");
}
