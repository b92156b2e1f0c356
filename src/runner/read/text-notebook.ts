import { basename, extname } from "node:path";
import { readMyst, writeMyst } from "./myst.js";
import { readPercent, writePercent } from "./percent.js";

/** A cell as nbformat has it, of a notebook that is written as plain text. */
export interface TextCell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Line of the file in which its source begins, from 1. */
  readonly line: number;
}

export interface TextNotebook {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly cells: readonly TextCell[];
}

/** How a kind of file writes notebooks down. */
interface TextFormat {
  /** Empty: the file tells. */
  readonly language: string;
  /** What begins a comment; empty for Markdown. */
  readonly comment: string;
}

/** By the end of a file's name, in lower case. To add one, add it here. */
const FORMATS: Readonly<Record<string, TextFormat>> = {
  ".py": { language: "python", comment: "#" },
  ".ts": { language: "typescript", comment: "//" },
  ".mts": { language: "typescript", comment: "//" },
  ".js": { language: "javascript", comment: "//" },
  ".mjs": { language: "javascript", comment: "//" },
  ".r": { language: "r", comment: "#" },
  ".jl": { language: "julia", comment: "#" },
  ".md": { language: "", comment: "" },
};

/** How a file of this name writes notebooks; undefined for one that is JSON. */
export function textFormat(file: string): TextFormat | undefined {
  return FORMATS[extname(file).toLowerCase()];
}

/** The file that keeps the outputs of a notebook written as plain text. */
export function sidecarOf(file: string): string {
  return file.slice(0, file.length - basename(file).length) + `${basename(file)}.outputs.json`;
}

/**
 * Reads a notebook as jupytext writes it: a script in percent format, or MyST Markdown.
 *
 * @throws {Error} for a header that is no YAML
 */
export async function readTextNotebook(file: string, text: string): Promise<TextNotebook> {
  const { language = "", comment = "" } = textFormat(file) ?? {};
  const plain = text.replaceAll("\r\n", "\n");
  const { metadata, cells } =
    comment === "" ? await readMyst(plain) : await readPercent(plain, comment, language);
  const told = metadata["kernelspec"] !== undefined || metadata["language_info"] !== undefined;
  if (told || language === "") return { metadata, cells };
  return { metadata: { ...metadata, language_info: { name: language } }, cells };
}

/** Writes a notebook as a file of this name. */
export async function writeTextNotebook(file: string, notebook: TextNotebook): Promise<string> {
  const { comment = "", language = "" } = textFormat(file) ?? {};
  return comment === "" ? writeMyst(notebook) : writePercent(notebook, comment, language);
}
