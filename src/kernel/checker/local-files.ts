import { statSync } from "node:fs";

/**
 * Watches the files of a project that people edit: those that it imports, but not packages. They
 * are looked at when asked for, which takes less than a watcher that has to be kept alive.
 */
export class LocalFiles {
  #stamps = new Map<string, string>();

  /** Sets which files to look at. */
  follow(files: readonly string[]): void {
    const stamps = new Map<string, string>();
    for (const file of files) {
      if (!file.includes("/node_modules/")) stamps.set(file, this.#stamps.get(file) ?? stamp(file));
    }
    this.#stamps = stamps;
  }

  /** @returns the files that were written or deleted since they were last asked for */
  changed(): string[] {
    const changed: string[] = [];
    for (const [file, before] of this.#stamps) {
      const now = stamp(file);
      if (now === before) continue;
      this.#stamps.set(file, now);
      changed.push(file);
    }
    return changed;
  }
}

function stamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : "missing";
}
