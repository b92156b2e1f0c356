import { readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Failure } from "../judge/verdicts.js";
import { parseNotebook, type Notebook } from "../read/notebook.js";
import type { Output } from "../read/output.js";
import { replaceFile } from "./replace-file.js";
import { updatedText } from "./update-notebook.js";

/** How long a file that is no notebook may be half of one, which somebody is just saving. */
const SAVING_MS = 2000;
const POLL_MS = 20;
/** How many edits in a row are waited for. */
const MOST_EDITS = 20;

export interface Update {
  /** Whether the file is another one now. */
  readonly written: boolean;
  /** Why not all of it was written. */
  readonly failures: readonly Failure[];
}

/**
 * Writes new outputs into a notebook's file, unless all are as they were. Edits that were saved since
 * the file was read stay: outputs go only into cells that were not edited.
 *
 * @param widgetState of the widgets that they show, as nbformat stores it
 */
export async function updateNotebook(
  notebook: Notebook,
  outputs: readonly (readonly Output[])[],
  widgetState?: Readonly<Record<string, unknown>>,
): Promise<Update> {
  if (notebook.plainText) return updateSidecar(notebook, outputs, widgetState);
  let written = false;
  try {
    // A link stays a link.
    const file = await realpath(notebook.file);
    let onDisk = await savedText(file);
    let base = onDisk;
    for (let edits = 0; edits < MOST_EDITS; edits++) {
      const { text, edited } = await updatedText(notebook, outputs, { text: base, widgetState });
      if (text !== onDisk) {
        const replaced = await replaceFile(file, onDisk, text, isNotebook);
        if (replaced.kind === "changed") {
          onDisk = base = await savedText(file);
          continue;
        }
        written = true;
        if (replaced.kind === "late" && isNotebook(replaced.text)) {
          [onDisk, base] = [text, replaced.text];
          continue;
        }
      }
      return { written, failures: edited.length === 0 ? [] : [editedFailure(notebook, edited)] };
    }
    return { written, failures: [failure("it was saved again and again meanwhile")] };
  } catch (error) {
    return { written, failures: [failure(reasonOf(error as NodeJS.ErrnoException))] };
  }
}

/** What is written as plain text has its outputs beside it, by the source of the cells. */
async function updateSidecar(
  notebook: Notebook,
  outputs: readonly (readonly Output[])[],
  widgetState: Readonly<Record<string, unknown>> | undefined,
): Promise<Update> {
  const { sidecar = "" } = notebook.plainText ?? {};
  const { text } = await updatedText(notebook, outputs, { widgetState });
  if (text === notebook.text) return { written: false, failures: [] };
  const beside = `${sidecar}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text);
    await rename(beside, sidecar);
    return { written: true, failures: [] };
  } catch (error) {
    await rm(beside, { force: true });
    return { written: false, failures: [failure(reasonOf(error as NodeJS.ErrnoException))] };
  }
}

/** The file when it is a notebook, which it may not be while somebody saves it. */
async function savedText(file: string): Promise<string> {
  const giveUp = Date.now() + SAVING_MS;
  for (;;) {
    const text = await readFile(file, "utf8");
    if (isNotebook(text)) return text;
    if (Date.now() >= giveUp) throw new Error("it is no notebook any more");
    await sleep(POLL_MS);
  }
}

function isNotebook(text: string): boolean {
  try {
    parseNotebook("", text);
    return true;
  } catch {
    return false;
  }
}

function editedFailure({ cells }: Notebook, edited: readonly number[]): Failure {
  const names = cells.flatMap(({ index }, position) =>
    edited.includes(index) ? [`code cell ${position + 1}`] : [],
  );
  const others = edited.length < cells.length ? " The outputs of the others were written." : "";
  return {
    verdict: "not-updated",
    message: `Edited while the notebook ran, and so left as saved: ${names.join(", ")}.${others} Run it again.`,
  };
}

function failure(reason: string): Failure {
  return { verdict: "not-updated", message: `The notebook was left as it is: ${reason}.` };
}

const REASONS: Readonly<Record<string, string>> = {
  EROFS: "the file is read-only",
  EACCES: "the file, or its folder, is read-only",
  EPERM: "the file, or its folder, is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
  ENOENT: "the file is gone",
};

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return REASONS[code ?? ""] ?? message;
}
