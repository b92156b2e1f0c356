import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { guardedFolder, type GuardedFolder } from "guarded-processes/guarded-process";
import { removeFolder } from "guarded-processes/temporary-folder";
import { settlesWithin } from "guarded-processes/time-limit";
import type { Notebook } from "../read/notebook.js";
import type { CellRun } from "../run/execute-cell.js";
import type { Kernel } from "../run/kernel/kernel.js";
import { compiledIn, type Compiled } from "./compiled.js";
import { AllFunctions } from "./all-functions.js";
import { fileCoverage, type FileCoverage, type Script } from "./file-coverage.js";

/** What one cell has run of the files that it, or a cell before it, has imported. */
export interface CellCoverage {
  readonly notebook: Notebook;
  /** Which code cell, from 1. */
  readonly cell: number;
  readonly files: readonly FileCoverage[];
}

/** Node writes what has run since it was last asked, and counts anew. */
const TAKE = 'process["getBuiltinModule"]("node:v8")["takeCoverage"]();';
/** How long a kernel may take for that. */
const TAKE_MS = 10_000;

/** What the cells of one notebook have run: its kernel, a Node process, writes it into a folder. */
export class KernelCoverage {
  #cell = 0;
  readonly #compiled = new Map<string, Compiled>();
  readonly #functions = new AllFunctions();

  private constructor(
    private readonly notebook: Notebook,
    private readonly guarded: GuardedFolder,
    private readonly onCell: (coverage: CellCoverage) => void,
  ) {}

  static async start(notebook: Notebook, onCell: (coverage: CellCoverage) => void) {
    const guarded = guardedFolder("notebook-coverage");
    await mkdir(join(guarded.path, "compiled"));
    await mkdir(join(guarded.path, "v8"));
    return new KernelCoverage(notebook, guarded, onCell);
  }

  /** What its kernel is started with. */
  get env(): Record<string, string> {
    return {
      NODE_V8_COVERAGE: join(this.guarded.path, "v8"),
      TYPESCRIPT_KERNEL_COMPILED: join(this.guarded.path, "compiled"),
    };
  }

  /** Takes what has run since the last cell; a kernel that is no Node process gives nothing. */
  async take(kernel: Kernel, cell: number, { kind }: CellRun["end"]): Promise<void> {
    this.#cell = cell;
    if (kind !== "ok" && kind !== "error") return;
    const request = { code: TAKE, silent: true, store_history: false, stop_on_error: false };
    await settlesWithin(kernel.connection.requestExecute(request, true).done, TAKE_MS);
    await this.#read();
  }

  /** Takes what a kernel has written at its end, for the last cell, and removes the folder. */
  async end(): Promise<void> {
    if (this.#cell > 0) await this.#read();
    await removeFolder(this.guarded.path);
    await this.guarded.release();
  }

  async #read(): Promise<void> {
    for (const one of await compiledIn(join(this.guarded.path, "compiled"))) {
      this.#compiled.set(one.file, one);
    }
    const v8 = join(this.guarded.path, "v8");
    const scripts: Script[] = [];
    for (const name of await readdir(v8)) {
      const file = join(v8, name);
      // One that is just being written, by another thread, is there the next time.
      const json = parsed(await readFile(file, "utf8"));
      if (json === undefined) continue;
      const pid = name.split("-")[1] ?? "";
      scripts.push(...json.result.map((script) => this.#functions.of(script, pid)));
      await rm(file);
    }
    const files = await Promise.all(scripts.map((script) => fileCoverage(script, this.#compiled)));
    const known = files.filter((file) => file !== undefined);
    if (known.length > 0) this.onCell({ notebook: this.notebook, cell: this.#cell, files: known });
  }
}

function parsed(text: string): { readonly result: readonly Script[] } | undefined {
  try {
    return JSON.parse(text) as { result: Script[] };
  } catch {
    return undefined;
  }
}
