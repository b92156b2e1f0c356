import { mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "../errors.js";
import { inPieces } from "../keep/in-pieces.js";
import { refuseToReplace } from "../keep/refuse-to-replace.js";
import type { Reporter, RunEvent } from "../run/run-events.js";

type RunStart = Extract<RunEvent, { type: "run-start" }>;
type RunEnd = Extract<RunEvent, { type: "run-end" }>;

/**
 * Writes a report when the run is over, whole or not at all; missing folders are made.
 *
 * @throws {UsageError} before anything runs, when it cannot be written
 */
export function reportTo(file: string, text: (end: RunEnd) => string | Promise<string>): Reporter {
  return async (event) => {
    // Before anything runs: after it, the report would be lost.
    if (event.type === "run-start") await makeRoomFor(file, event);
    if (event.type !== "run-end") return;
    await writeWhole(file, await text(event));
  };
}

/**
 * Writes a file beside its place and moves it there.
 *
 * @throws {UsageError} says why it cannot be written
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await refuseSpecial(file);
    await writeFile(beside, inPieces(text));
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw refusal(file, error);
  }
}

/** @throws {UsageError} when a file of this name cannot be made, or is a notebook that is to run */
export async function makeRoomFor(
  file: string,
  { notebooks }: Pick<RunStart, "notebooks">,
): Promise<void> {
  await refuseToReplace([file], notebooks);
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await refuseSpecial(file);
    // Only the attempt tells whether the folder takes a file.
    await (await open(beside, "w")).close();
    await rm(beside);
  } catch (error) {
    throw refusal(file, error);
  }
}

/** A device, a pipe or a folder must never be replaced by a file. */
async function refuseSpecial(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found && !found.isFile()) throw new Error("there is something of this name");
}

function refusal(file: string, error: unknown): UsageError {
  const { message } = error as Error;
  return new UsageError(`${file}: no report can be written: ${message}`, { cause: error });
}
