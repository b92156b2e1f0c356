import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { InvalidNotebookError } from "../errors.js";
import type { Mask } from "../judge/compare/masks.js";
import { readCodeCell, type CodeCell } from "./code-cell.js";
import { freeMemoryAfter } from "./free-memory.js";
import { MOST_LEVELS, nestedTooDeeply } from "./nested-too-deeply.js";
import { masksOf, ownMetadata } from "./own-metadata.js";
import { peerSettings } from "./peer-marks.js";
import { readTextFile, type PlainText } from "./read-text-file.js";
import { isObject } from "./stored-output.js";
import { textFormat } from "./text-notebook.js";

type Json = Record<string, unknown>;

export type { CodeCell } from "./code-cell.js";

export interface Notebook {
  readonly file: string;
  /** The file as it was read. */
  readonly text: string;
  /** Code cells that hold any code. */
  readonly cells: readonly CodeCell[];
  /** Rules of the notebook's metadata. */
  readonly masks: readonly Mask[];
  /** Language of its code, in lower case, as its kernelspec tells; empty when it does not. */
  readonly language: string;
  /** Name of its kernelspec; undefined when it names none. */
  readonly kernelName: string | undefined;
  /** Its own limit for a cell, in seconds; Infinity: none. */
  readonly cellTimeoutSeconds?: number;
  /** Whether cells may fail, so that all run. */
  readonly allowErrors: boolean;
  /** Whether processes and handles may be left open at its end. */
  readonly allowLeaks: boolean;
  /** Marks of other tools that apply to it or its cells, as they are written, each once. */
  readonly peerMarks: readonly string[];
  /** Why the file is no notebook: then there is nothing in it to run. */
  readonly invalid?: string;
  /** Set for one that is written as plain text: `text` is what it says, in nbformat's JSON. */
  readonly plainText?: Pick<PlainText, "sidecar" | "lines">;
  /** Where parameters were put in: the file's own text, and which cell is not in it. */
  readonly original?: { readonly text: string; readonly addedCell: number | undefined };
}

/**
 * Reads a notebook of nbformat 4, or one that is written as plain text.
 *
 * @throws {InvalidNotebookError} when the file is not one, and says why
 */
export async function readNotebook(file: string): Promise<Notebook> {
  const text = await readUtf8(file);
  if (textFormat(file) === undefined) {
    freeMemoryAfter(text.length);
    const notebook = parseNotebook(file, text);
    freeMemoryAfter(text.length);
    return notebook;
  }
  const { json, ...plainText } = await readTextFile(file, text).catch((error: Error) => {
    throw new InvalidNotebookError(file, error.message, { cause: error });
  });
  return { ...parseNotebook(file, json), plainText };
}

async function readUtf8(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new InvalidNotebookError(file, `it cannot be read (${error.code})`, { cause: error });
  });
  // Read all the same, it would be written back with other characters.
  if (!isUtf8(bytes)) throw new InvalidNotebookError(file, "it is not UTF-8");
  return bytes.toString("utf8");
}

/** As `readNotebook`; one that is invalid has no cells, and tells why. */
export async function readOrExplain(file: string): Promise<Notebook> {
  try {
    return await readNotebook(file);
  } catch (error) {
    if (!(error instanceof InvalidNotebookError)) throw error;
    const text = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const { reason: invalid } = error;
    return { ...parseNotebook(file, text), invalid };
  }
}

/** As `readNotebook`, from a text at hand. */
export function parseNotebook(file: string, text: string): Notebook {
  const invalid = (reason: string, cause?: unknown) =>
    new InvalidNotebookError(file, reason, { cause });
  let json: Json;
  if (text.startsWith("\ufeff")) {
    throw invalid(
      "it begins with a byte order mark, which Jupyter refuses; save it as plain UTF-8",
    );
  }
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    throw invalid(`it is not JSON (${(error as Error).message})`, error);
  }
  if (!isObject(json)) throw invalid("it holds no JSON object");
  if (nestedTooDeeply(json)) throw invalid(`its JSON is nested deeper than ${MOST_LEVELS} levels`);
  const format = json["nbformat"];
  if (typeof format !== "number") throw invalid("it has no number nbformat");
  if (format < 4) {
    throw invalid(
      `its nbformat is ${format}; version 4 is needed. ` +
        "Open and save it in JupyterLab, or run: jupyter nbconvert --to notebook --nbformat 4",
    );
  }
  const cells = json["cells"];
  if (!Array.isArray(cells) || !cells.every(isObject)) throw invalid("it has no list of cells");
  try {
    const { metadata } = json;
    const { cellTimeoutSeconds, allowErrors = false, applied } = peerSettings(metadata);
    const code = cells.flatMap((cell, index) => readCodeCell(cell, index));
    return {
      file,
      text,
      cells: code,
      masks: masksOf(metadata),
      ...(cellTimeoutSeconds === undefined ? {} : { cellTimeoutSeconds }),
      allowErrors,
      allowLeaks:
        ownMetadata(metadata)["allow-leaks"] === true ||
        code.some(({ tags }) => tags.includes("allow-leaks")),
      peerMarks: [...new Set([...applied, ...code.flatMap(({ peerMarks }) => peerMarks)])],
      language: languageOf(metadata),
      kernelName: kernelNameOf(metadata),
    };
  } catch (error) {
    throw invalid((error as Error).message, error);
  }
}

function kernelNameOf(metadata: unknown): string | undefined {
  const { kernelspec } = isObject(metadata) ? metadata : {};
  const name = isObject(kernelspec) ? kernelspec["name"] : undefined;
  return typeof name === "string" && name !== "" ? name : undefined;
}

function languageOf(metadata: unknown): string {
  const { kernelspec, language_info } = isObject(metadata) ? metadata : {};
  const named = isObject(language_info) ? language_info["name"] : undefined;
  const language = named ?? (isObject(kernelspec) ? kernelspec["language"] : undefined);
  return typeof language === "string" ? language.toLowerCase() : "";
}
