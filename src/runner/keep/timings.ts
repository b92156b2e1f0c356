import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import type { Notebook } from "../read/notebook.js";
import type { RunResult } from "../run/run-events.js";

/** How many runs of a notebook are kept. */
const MOST_RUNS = 20;

/** How long one run of a notebook took, in milliseconds. */
export interface PastRun {
  /** ISO 8601. */
  readonly at: string;
  readonly milliseconds: number;
  /** Of each code cell. */
  readonly cells: readonly number[];
}

/** How long notebooks and their cells took in the last runs: kept in a file, not in the notebooks. */
export class Timings {
  private constructor(
    private readonly file: string,
    private readonly root: string,
    private readonly runs: Record<string, PastRun[]>,
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
    const runs = entries.map(([name, value]) => [name, pastRuns(value)] as const);
    return new Timings(file, root, Object.fromEntries(runs));
  }

  /** In milliseconds; undefined for a notebook that never ran. */
  readonly of = (notebook: Notebook): number | undefined =>
    this.historyOf(notebook).at(-1)?.milliseconds;

  /** The last runs of a notebook, the newest last. */
  readonly historyOf = ({ file }: Notebook): readonly PastRun[] =>
    this.runs[relative(this.root, file)] ?? [];

  async add(results: readonly RunResult[]): Promise<void> {
    if (results.length === 0) return;
    const at = new Date().toISOString();
    for (const { notebook, milliseconds, cells } of results) {
      const run = {
        at,
        milliseconds: Math.round(milliseconds),
        cells: cells.map((cell) => Math.round(cell.milliseconds)),
      };
      const name = relative(this.root, notebook.file);
      this.runs[name] = [...this.historyOf(notebook), run].slice(-MOST_RUNS);
    }
    await mkdir(dirname(this.file), { recursive: true });
    const beside = `${this.file}.${process.pid}.tmp`;
    const lines = Object.entries(this.runs).map(
      ([name, runs]) => `${JSON.stringify(name)}: ${JSON.stringify(runs)}`,
    );
    try {
      await writeFile(beside, `{\n${lines.join(",\n")}\n}\n`);
      await rename(beside, this.file);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }
}

function pastRuns(value: unknown): PastRun[] {
  // Before there was a history.
  if (typeof value === "number") return [{ at: "", milliseconds: value, cells: [] }];
  if (!Array.isArray(value)) return [];
  return (value as Partial<PastRun>[]).flatMap(({ at, milliseconds, cells }) => {
    const isRun = typeof milliseconds === "number" && Array.isArray(cells);
    return isRun ? [{ at: String(at), milliseconds, cells: cells.map(Number) }] : [];
  });
}
