import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { UsageError } from "../errors.js";
import type { Notebook } from "../read/notebook.js";
import { shortPath } from "../read/select-files.js";
import { joined } from "../read/stored-output.js";
import { sidecarOf, textFormat, writeTextNotebook, type TextCell } from "../read/text-notebook.js";
import { harmless } from "../report/harmless.js";
import type { TerminalTarget } from "../report/terminal.js";
import { writeWhole } from "../report/write-report.js";

interface Json {
  readonly cells: readonly (Omit<TextCell, "source"> & {
    readonly source: unknown;
    readonly outputs?: readonly unknown[];
  })[];
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/**
 * Writes each notebook in another form, beside it or into a folder: as JSON (ipynb), as a script in
 * percent format (py, ts, js, r, jl) or as MyST Markdown (md). Outputs of plain text are kept beside it.
 *
 * @throws {UsageError} for a form that is not known, and rather than write over a file
 */
export async function convertCommand(
  notebooks: readonly Notebook[],
  ending: string,
  outputDir: string | undefined,
  { write }: Pick<TerminalTarget, "write">,
): Promise<number> {
  const isJson = ending === "ipynb";
  if (!isJson && textFormat(`x.${ending}`) === undefined) {
    throw new UsageError(`--to takes ipynb, md, py, ts, js, r or jl, not "${ending}".`);
  }
  const valid = notebooks.filter(({ invalid }) => invalid === undefined);
  for (const { file, text } of valid) {
    const name = `${basename(file, extname(file))}.${ending}`;
    const target = join(outputDir ?? dirname(file), name);
    if (existsSync(target)) {
      throw new UsageError(`${target}: there is such a file; --output-dir names another folder.`);
    }
    await mkdir(dirname(target), { recursive: true });
    const json = JSON.parse(text) as Json;
    const cells = json.cells.map((cell) => ({ ...cell, source: joined(cell.source, "a source") }));
    const plain = { metadata: json.metadata ?? {}, cells };
    await writeWhole(target, isJson ? text : await writeTextNotebook(target, plain));
    const hasOutputs = json.cells.some(({ outputs = [] }) => outputs.length > 0);
    if (!isJson && hasOutputs) await writeWhole(sidecarOf(target), text);
    write(harmless(`${shortPath(file)} -> ${shortPath(target)}\n`));
  }
  return valid.length < notebooks.length ? 2 : 0;
}
