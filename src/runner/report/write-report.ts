import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "../errors.js";
import type { Reporter, RunEvent } from "../run/run-events.js";

type RunEnd = Extract<RunEvent, { type: "run-end" }>;

/** Writes a report when the run is over, whole or not at all; missing folders are made. */
export function reportTo(file: string, text: (end: RunEnd) => string | Promise<string>): Reporter {
  return async (event) => {
    // Before anything runs: after it, the report would be lost.
    if (event.type === "run-start") await makeRoomFor(file);
    if (event.type !== "run-end") return;
    const beside = `${file}.${process.pid}.tmp`;
    await writeFile(beside, await text(event));
    await rename(beside, file);
  };
}

/** @throws {UsageError} when a file of this name cannot be made */
export async function makeRoomFor(file: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    const found = await stat(file).catch(() => undefined);
    if (found && !found.isFile()) throw new Error("there is something of this name");
  } catch (error) {
    throw new UsageError(`${file}: no report can be written: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
