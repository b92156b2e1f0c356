import { SourceMap } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { withSourceNames } from "../cell-names.js";

/** A script whose positions are those of a source before compilation. */
export interface Script {
  /** How a person calls it: `Cell 3`, or a path. */
  readonly label: string;
  readonly source: string;
  /** Source maps from the last step to the first, as JSON until they are needed. */
  readonly maps: readonly string[];
  parsed?: readonly SourceMap[];
}

const scripts = new Map<string, Script>();
const kernelFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** Makes the stack traces of a cell speak of its source. */
export function registerSource(cell: {
  readonly id: number;
  readonly count: number;
  readonly source: string;
  readonly maps: readonly string[];
}): void {
  scripts.set(`cell-${cell.id}`, { label: `Cell ${cell.count}`, ...cell });
}

/** The same for a module that the kernel compiles. */
export function registerModule(url: string, script: Omit<Script, "parsed">): void {
  scripts.set(url, script);
}

/** The source of a cell or module by the label that stack traces show; the latest of its name. */
export function sourceOf(label: string): string | undefined {
  return [...scripts.values()].findLast((script) => script.label === label)?.source;
}

/** A script of the runtime by its URL: a cell, or a module that the kernel compiled. */
export function scriptOf(url: string): Script | undefined {
  return scripts.get(url);
}

/** All of them, in the order in which they came. */
export function scriptUrls(): string[] {
  return [...scripts.keys()];
}

/** Makes `error.stack` show places in the sources, without the kernel's own frames. */
export function installStackTraces(): void {
  Error.prepareStackTrace = (error, frames) => {
    const shown: string[] = [];
    for (const frame of frames) {
      const file = frame.getScriptNameOrSourceURL() ?? "";
      // Below the evaluation there is only the kernel.
      if (file === "node:inspector") break;
      if (isKernelFile(file)) continue;
      shown.push(`\n    at ${describeFrame(frame, file)}`);
    }
    return withSourceNames(`${headline(error)}${shown.join("")}`);
  };
}

function isKernelFile(file: string): boolean {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return path.startsWith(kernelFolder);
}

function headline(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

function describeFrame(frame: NodeJS.CallSite, file: string): string {
  const script = scripts.get(file);
  const text = (frame as { toString(): string }).toString();
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  if (script === undefined || line === null || column === null) return text;
  const place = original(script, line, column);
  return text.replace(`${file}:${line}:${column}`, `${script.label}:${place.line}:${place.column}`);
}

/** The line of a cell's source, for a place in its JavaScript before the last step. */
export function lineOfAwait(cellId: number, [line, column]: readonly [number, number]): number {
  const script = scripts.get(`cell-${cellId}`);
  return script === undefined ? line : original(script, line, column, 1).line;
}

function original(
  script: Script,
  line: number,
  column: number,
  firstMap = 0,
): { line: number; column: number } {
  script.parsed ??= script.maps.map((map) => new SourceMap(JSON.parse(map) as never));
  let place = { line: line - 1, column: column - 1 };
  for (const map of script.parsed.slice(firstMap)) {
    const entry = map.findEntry(place.line, place.column);
    if ("originalLine" in entry) place = { line: entry.originalLine, column: entry.originalColumn };
  }
  return { line: place.line + 1, column: place.column + 1 };
}
