import { rename, stat, writeFile } from "node:fs/promises";
import { compareOutputs, masksFor } from "../judge/compare/compare-outputs.js";
import { isText } from "../judge/compare/describe-outputs.js";
import { applyMasks, PATHS } from "../judge/compare/masks.js";
import { isJsonType, type Notebook } from "../read/notebook.js";
import type { DisplayOutput, Output } from "../read/output.js";

interface StoredCell {
  metadata?: Record<string, unknown>;
  outputs: unknown;
  execution_count: number | null;
}

/**
 * Puts new outputs into a notebook's text. Outputs equal to the stored ones after masking keep their
 * bytes, code cells are counted from 1, times of execution are dropped, all else stays.
 *
 * @param outputs those of each of `notebook.cells`
 */
export async function updatedText(
  notebook: Notebook,
  outputs: readonly (readonly Output[])[],
): Promise<string> {
  const json = JSON.parse(notebook.text) as { cells: StoredCell[] };
  for (const [position, cell] of notebook.cells.entries()) {
    const came = outputs[position];
    const stored = json.cells[cell.index];
    if (came === undefined || stored === undefined) continue;
    if (await compareOutputs(cell.outputs, came, masksFor(cell, notebook))) {
      stored.outputs = came.map((output) => storedForm(output, position + 1));
    }
    stored.execution_count = position + 1;
    delete stored.metadata?.["execution"];
  }
  const indent = /^[\t ]+/m.exec(notebook.text)?.[0];
  const end = notebook.text.endsWith("\n") ? "\n" : "";
  return JSON.stringify(json, undefined, indent) + end;
}

/** Writes a notebook's new text beside it and renames it; nothing is written when it is the same. */
export async function writeNotebook(notebook: Notebook, text: string): Promise<boolean> {
  if (text === notebook.text) return false;
  const beside = `${notebook.file}.${process.pid}.tmp`;
  const { mode } = await stat(notebook.file);
  await writeFile(beside, text, { mode });
  await rename(beside, notebook.file);
  return true;
}

/** As nbformat stores an output: sorted keys, texts as lists of lines, no path of this machine. */
export function storedForm(output: Output, executionCount: number): Record<string, unknown> {
  switch (output.output_type) {
    case "stream":
      return { name: output.name, output_type: "stream", text: lines(output.text) };
    case "error":
      return {
        ename: output.ename,
        evalue: withoutPaths(output.evalue),
        output_type: "error",
        traceback: output.traceback.map(withoutPaths),
      };
    case "execute_result":
      return {
        data: storedData(output),
        execution_count: executionCount,
        metadata: output.metadata,
        output_type: output.output_type,
      };
    default:
      return {
        data: storedData(output),
        metadata: output.metadata,
        output_type: output.output_type,
      };
  }
}

function storedData({ data }: DisplayOutput): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, value]) => [type, storedValue(type, value)]),
  );
}

function storedValue(type: string, value: unknown): unknown {
  if (isJsonType(type) || typeof value !== "string") return value;
  return isText(type) ? lines(value) : value;
}

function lines(text: string): string[] {
  return withoutPaths(text).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function withoutPaths(text: string): string {
  return applyMasks(text, [PATHS]);
}
