import { DebugError } from "../errors.js";
import type { Inspector } from "./inspector.js";
import type { Mapping, Position } from "./mapping.js";
import type { Scripts } from "./scripts.js";

/** A place where V8 can stop, in compiled code, and what it is in the source; all from 0. */
export interface BreakPlace extends Position {
  readonly source: Position;
}

interface Location {
  readonly lineNumber: number;
  readonly columnNumber?: number;
}

/** Compiled code and how it leads to its source. */
export interface Compiled {
  readonly source: string;
  readonly mapping: Mapping;
}

const PROBE = "typescript-kernel:probe";

/**
 * Finds where V8 can stop in code that has not run yet: a function around it is made, which nobody
 * calls, and V8 is asked.
 *
 * @throws {DebugError} for code that V8 does not compile
 */
export async function placesInCode(
  inspector: Inspector,
  scripts: Scripts,
  code: string,
  compiled: Compiled,
): Promise<BreakPlace[]> {
  const objectGroup = "probe";
  // Its own line for what is put around, so that the columns stay.
  const expression = `(async () => {\n${code}\n})\n//# sourceURL=${PROBE}`;
  const options = { expression, objectGroup, silent: true, disableBreaks: true };
  const { exceptionDetails: error } = await inspector.post<{ exceptionDetails?: object }>(
    "Runtime.evaluate",
    options,
  );
  const scriptId = scripts.idOf(PROBE);
  if (error !== undefined || scriptId === undefined) {
    throw new DebugError("The source does not compile: no breakpoint can be set in it.");
  }
  const found = await locations(inspector, scriptId, 1);
  await inspector.post("Runtime.releaseObjectGroup", { objectGroup });
  return places(found, compiled, 1);
}

/** The same for a script that V8 has. */
export async function placesInScript(
  inspector: Inspector,
  scriptId: string,
  compiled: Compiled,
): Promise<BreakPlace[]> {
  return places(await locations(inspector, scriptId, 0), compiled, 0);
}

/** The first place in a line, or in the next line that has one. */
export function placeFor(all: readonly BreakPlace[], line: number): BreakPlace | undefined {
  const after = all.filter(({ source }) => source.line >= line);
  const best = Math.min(...after.map(({ source }) => source.line));
  return after
    .filter(({ source }) => source.line === best)
    .toSorted(
      (a, b) => a.source.column - b.source.column || a.line - b.line || a.column - b.column,
    )[0];
}

async function locations(inspector: Inspector, scriptId: string, line: number) {
  const start = { scriptId, lineNumber: line, columnNumber: 0 };
  const { locations: found } = await inspector.post<{ locations: Location[] }>(
    "Debugger.getPossibleBreakpoints",
    { start },
  );
  return found;
}

function places(found: readonly Location[], { source, mapping }: Compiled, shift: number) {
  const lines = source.split("\n");
  return found.flatMap(({ lineNumber, columnNumber = 0 }): BreakPlace[] => {
    const place = { line: lineNumber - shift, column: columnNumber };
    const original = mapping.original(place);
    // A function declaration is moved to the front, and is no step of the cell.
    if (original === undefined || isFunctionAt(lines, original)) return [];
    return [{ ...place, source: original }];
  });
}

function isFunctionAt(lines: readonly string[], { line, column }: Position): boolean {
  const text = lines[line] ?? "";
  const isFirst = /^\s*(export\s+)?(default\s+)?(async\s+)?$/.test(text.slice(0, column));
  return isFirst && /^(export\s+)?(default\s+)?(async\s+)?function\b/.test(text.slice(column));
}
