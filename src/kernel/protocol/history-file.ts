import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { userDataFolder } from "../install/data-folder.js";

export interface Entry {
  readonly session: number;
  readonly count: number;
  readonly input: string;
}

/** So many inputs of earlier sessions are kept. */
const KEPT = 1000;
/** The file may grow so far beyond that before it is cut. */
const SLACK = 500;
/** Longer inputs are not kept, in UTF-16 units. */
const LONGEST = 20_000;

/** Where inputs are kept over restarts; undefined for a user without a home. */
export function historyPath(): string | undefined {
  try {
    return join(userDataFolder(), "typescript-kernel", "history.jsonl");
  } catch {
    return undefined;
  }
}

/**
 * Inputs of earlier kernels, in a file that only its user may read. What goes wrong with it is no
 * reason for a cell to fail: then nothing is kept.
 */
export class HistoryFile {
  constructor(private readonly path: string) {}

  /** The latest inputs, the oldest first; cuts the file when it has grown too long. */
  read(): Entry[] {
    try {
      const lines = readFileSync(this.path, "utf8").split("\n").filter(Boolean);
      const entries = lines.slice(-KEPT).flatMap((line) => entryOf(line) ?? []);
      if (lines.length > KEPT + SLACK) this.#replace(entries);
      return entries;
    } catch {
      return [];
    }
  }

  append(entries: readonly Entry[]): void {
    const lines = entries.filter(({ input }) => input.length <= LONGEST).map(lineOf);
    if (lines.length === 0) return;
    try {
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      // One write: lines of kernels that end at the same time are not mixed.
      appendFileSync(this.path, lines.join(""), { mode: 0o600 });
      chmodSync(this.path, 0o600);
    } catch {
      // A home that is read-only, or full.
    }
  }

  #replace(entries: readonly Entry[]): void {
    const half = `${this.path}.${process.pid}`;
    writeFileSync(half, entries.map(lineOf).join(""), { mode: 0o600 });
    renameSync(half, this.path);
  }
}

function lineOf({ session, count, input }: Entry): string {
  return `${JSON.stringify([session, count, input])}\n`;
}

/** Undefined for a line that was cut off, or is of another program. */
function entryOf(line: string): Entry | undefined {
  try {
    const [session, count, input] = JSON.parse(line) as [unknown, unknown, unknown];
    if (typeof session !== "number" || typeof count !== "number") return undefined;
    return typeof input === "string" ? { session, count, input } : undefined;
  } catch {
    return undefined;
  }
}
