import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import type { Notebook } from "../read/notebook.js";
import type { RunResult } from "../run/run-events.js";

/** How long notebooks took, by their path from a folder: kept in a file, not in the notebooks. */
export class Timings {
  private constructor(
    private readonly file: string,
    private readonly root: string,
    private readonly milliseconds: Record<string, number>,
  ) {}

  /** @param file need not exist; what is no such file is begun anew */
  static async read(file: string, root: string): Promise<Timings> {
    let known: unknown;
    try {
      known = JSON.parse(await readFile(file, "utf8"));
    } catch {
      // The first run, or one that was cut off.
    }
    const entries = typeof known === "object" && known !== null ? Object.entries(known) : [];
    const numbers = entries.filter(([, value]) => typeof value === "number");
    return new Timings(file, root, Object.fromEntries(numbers));
  }

  /** In milliseconds; undefined for a notebook that never ran. */
  readonly of = ({ file }: Notebook): number | undefined =>
    this.milliseconds[relative(this.root, file)];

  async add(results: readonly RunResult[]): Promise<void> {
    if (results.length === 0) return;
    for (const { notebook, milliseconds } of results) {
      this.milliseconds[relative(this.root, notebook.file)] = Math.round(milliseconds);
    }
    await mkdir(dirname(this.file), { recursive: true });
    const beside = `${this.file}.${process.pid}.tmp`;
    await writeFile(beside, `${JSON.stringify(this.milliseconds, undefined, 1)}\n`);
    await rename(beside, this.file);
  }
}
