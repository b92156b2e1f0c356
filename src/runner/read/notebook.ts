import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { InvalidNotebookError } from "../errors.js";
import { readMask, type Mask } from "../judge/compare/masks.js";
import { MOST_LEVELS, nestedTooDeeply } from "./nested-too-deeply.js";
import type { Output } from "./output.js";

type Json = Record<string, unknown>;

export interface CodeCell {
  /** Position among all cells of the notebook, from 0. */
  readonly index: number;
  readonly source: string;
  readonly tags: readonly string[];
  /** Stored outputs. */
  readonly outputs: readonly Output[];
  /** Rules of this cell's own metadata. */
  readonly masks: readonly Mask[];
  /** What the expected error must say, in the metadata's words: see `cell-tags.ts`. */
  readonly raises?: string;
}

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
  /** Why the file is no notebook: then there is nothing in it to run. */
  readonly invalid?: string;
  /** Where parameters were put in: the file's own text, and which cell is not in it. */
  readonly original?: { readonly text: string; readonly addedCell: number | undefined };
}

/**
 * Reads a notebook of nbformat 4.
 *
 * @throws {InvalidNotebookError} when the file is not one, and says why
 */
export async function readNotebook(file: string): Promise<Notebook> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new InvalidNotebookError(file, `it cannot be read (${error.code})`, { cause: error });
  });
  // Read all the same, it would be written back with other characters.
  if (!isUtf8(bytes)) throw new InvalidNotebookError(file, "it is not UTF-8");
  return parseNotebook(file, bytes.toString("utf8"));
}

/** As `readNotebook`; one that is invalid has no cells, and tells why. */
export async function readOrExplain(file: string): Promise<Notebook> {
  try {
    return await readNotebook(file);
  } catch (error) {
    if (!(error instanceof InvalidNotebookError)) throw error;
    const text = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const { reason: invalid } = error;
    return { file, text, cells: [], masks: [], language: "", kernelName: undefined, invalid };
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
    return {
      file,
      text,
      cells: cells.flatMap((cell, index) => codeCell(cell, index)),
      masks: masksOf(json["metadata"]),
      language: languageOf(json["metadata"]),
      kernelName: kernelNameOf(json["metadata"]),
    };
  } catch (error) {
    throw invalid((error as Error).message, error);
  }
}

function codeCell(cell: Json, index: number): CodeCell[] {
  const source = joined(cell["source"] ?? "", `the source of cell ${index + 1}`);
  if (cell["cell_type"] !== "code") return [];
  if (source.trim() === "") return [];
  const outputs = cell["outputs"] ?? [];
  if (!Array.isArray(outputs) || !outputs.every(isObject)) {
    throw new TypeError(`the outputs of cell ${index + 1} are not a list`);
  }
  const metadata = isObject(cell["metadata"]) ? cell["metadata"] : {};
  const tags = Array.isArray(metadata["tags"]) ? metadata["tags"].map(String) : [];
  const raises = ownMetadata(metadata)["raises"];
  if (raises !== undefined && typeof raises !== "string") {
    throw new TypeError(`"raises" in the metadata of cell ${index + 1} is not a text`);
  }
  return [
    {
      index,
      source,
      tags,
      outputs: outputs.map(storedOutput),
      masks: masksOf(metadata),
      ...(raises === undefined ? {} : { raises }),
    },
  ];
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

function storedOutput(output: Json): Output {
  const joinData = (data: unknown) =>
    Object.fromEntries(
      Object.entries(isObject(data) ? data : {}).map(([type, value]) => [
        type,
        isJsonType(type) ? value : joined(value, `an output of type ${type}`),
      ]),
    );
  switch (output["output_type"]) {
    case "stream":
      return {
        output_type: "stream",
        name: output["name"] === "stderr" ? "stderr" : "stdout",
        text: joined(output["text"] ?? "", "the text of an output"),
      };
    case "display_data":
    case "execute_result":
      return {
        output_type: output["output_type"],
        data: joinData(output["data"]),
        metadata: isObject(output["metadata"]) ? output["metadata"] : {},
      };
    case "error":
      return {
        output_type: "error",
        ename: String(output["ename"]),
        evalue: String(output["evalue"]),
        traceback: Array.isArray(output["traceback"]) ? output["traceback"].map(String) : [],
      };
    default:
      throw new TypeError(`an output is of the unknown type ${String(output["output_type"])}`);
  }
}

/** Whether data of a MIME type is stored as a JSON value, not as text. */
export function isJsonType(type: string): boolean {
  return type === "application/json" || (type.startsWith("application/") && type.endsWith("+json"));
}

/** nbformat stores a text as a string or as a list of strings to be joined. */
function joined(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((part) => typeof part === "string"))
    return value.join("");
  throw new TypeError(`${what} is neither a text nor a list of texts`);
}

/** What this runner reads of the metadata of a notebook or cell. */
function ownMetadata(metadata: unknown): Json {
  const own = isObject(metadata) ? metadata["redis-lab"] : undefined;
  return isObject(own) ? own : {};
}

function masksOf(metadata: unknown): Mask[] {
  const { masks } = ownMetadata(metadata);
  if (masks === undefined) return [];
  if (!Array.isArray(masks)) throw new TypeError('"masks" in its metadata is not a list');
  return masks.map(readMask);
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
