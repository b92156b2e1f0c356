import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { murmur2 } from "./murmur2.js";

/** Any number would do: front ends ask for it. */
const SEED = 0x9747b28c;

/**
 * The paths by which front ends speak of cells. They are made from the source alone and no file is
 * written: `source` answers from memory.
 */
export class CellFiles {
  /** By `ipykernel_` JupyterLab knows a cell, and shows `Cell [3]` in place of the path. */
  readonly prefix = `${join(tmpdir(), `ipykernel_${process.pid}`)}${sep}`;
  readonly suffix = ".ts";
  readonly #sources = new Map<string, string>();

  /** What front ends need to know to make the same paths. */
  get hashing(): Record<string, unknown> {
    return {
      hashMethod: "Murmur2",
      hashSeed: SEED,
      tmpFilePrefix: this.prefix,
      tmpFileSuffix: this.suffix,
    };
  }

  /** Remembers a cell's source; gives its path. */
  add(source: string): string {
    const path = `${this.prefix}${murmur2(source, SEED)}${this.suffix}`;
    this.#sources.set(path, source);
    return path;
  }

  sourceOf(path: string): string | undefined {
    return this.#sources.get(path);
  }

  isCell(path: string): boolean {
    return path.startsWith(this.prefix);
  }
}
