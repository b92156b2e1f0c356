import { existsSync } from "node:fs";
import { compileCell } from "../compile/compile-cell.js";
import { draft, type Names } from "../compile/names.js";
import { CompileError, DebugError } from "../errors.js";
import type { CompiledCell } from "../link.js";
import { localSource } from "../modules/local-source.js";
import { scriptOf } from "../output/stack.js";
import { placesInCode, placesInScript, type BreakPlace } from "./break-places.js";
import type { CellFiles } from "./cell-files.js";
import type { Inspector } from "./inspector.js";
import { Mapping } from "./mapping.js";
import { escaped, urlOfPath, type Scripts } from "./scripts.js";

/** Scripts of one source in which breakpoints can be set. */
export interface BreakTarget {
  /** V8's names for them, as a regular expression; undefined for a cell that has not run. */
  readonly urlRegex: string | undefined;
  /** Where V8 can stop; undefined for JavaScript as it lies on disk, where V8 finds that itself. */
  readonly places: readonly BreakPlace[] | undefined;
  /** What V8 runs of a cell, where a name may be the notebook's or a function's own. */
  readonly code?: string;
  /** What the cell declares that is about to run. */
  readonly declared?: readonly string[];
}

interface Parts {
  readonly inspector: Inspector;
  readonly scripts: Scripts;
  readonly files: CellFiles;
  readonly names: () => Names;
}

/**
 * The scripts of a path. A cell has one for each time it ran; `runTarget` is for the next.
 *
 * @throws {DebugError} when nobody knows the path, or the source does not compile
 */
export async function breakTargets(path: string, parts: Parts): Promise<BreakTarget[]> {
  if (parts.files.isCell(path)) return cellTargets(path, parts);
  if (!existsSync(path)) throw new DebugError("There is no such file.");
  return [await fileTarget(path, parts)];
}

/** A cell that is about to run. */
export async function runTarget(
  url: string,
  { code, declared }: Pick<CompiledCell, "code" | "declared">,
  parts: Parts,
): Promise<BreakTarget> {
  const { inspector, scripts } = parts;
  const { source = "", mapping } = scripts.cell(url) ?? { mapping: new Mapping([]) };
  const places = await placesInCode(inspector, scripts, code, { source, mapping });
  return { urlRegex: exactly(url), places, code, declared };
}

async function cellTargets(path: string, parts: Parts): Promise<BreakTarget[]> {
  const { files, inspector, scripts, names } = parts;
  const source = files.sourceOf(path);
  if (source === undefined) throw new DebugError("This cell is not known: send dumpCell before.");
  const targets: BreakTarget[] = [];
  for (const url of scripts.cellUrls(path)) {
    const id = scripts.idOf(url);
    const cell = scripts.cell(url);
    if (id === undefined || cell === undefined) continue;
    const { mapping } = cell;
    const places = await placesInScript(inspector, id, { source, mapping });
    const { scriptSource: code } = await inspector.post<{ scriptSource: string }>(
      "Debugger.getScriptSource",
      { scriptId: id },
    );
    targets.push({ urlRegex: exactly(url), places, code });
  }
  if (targets.length > 0) return targets;
  const { code, maps } = compiled(() =>
    compileCell(source, 0, draft(names()), { legacyDecorators: false }),
  );
  const mapping = new Mapping(maps);
  const places = await placesInCode(inspector, scripts, code, { source, mapping });
  return [{ urlRegex: undefined, places, code }];
}

async function fileTarget(path: string, { inspector, scripts }: Parts): Promise<BreakTarget> {
  const urlRegex = `^${escaped(urlOfPath(path))}(\\?.*)?$`;
  if (/[\\/]node_modules[\\/]/.test(path)) return { urlRegex, places: undefined };
  const local = compiled(() => localSource(path));
  const script = scriptOf(path);
  if (local.kind !== "module" || script === undefined) return { urlRegex, places: undefined };
  const { source } = script;
  const mapping = new Mapping(script.maps);
  const places = await placesInCode(inspector, scripts, local.code, { source, mapping });
  return { urlRegex, places };
}

function compiled<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (error instanceof CompileError) throw new DebugError(`SyntaxError: ${error.message}`);
    throw error;
  }
}

function exactly(url: string): string {
  return `^${escaped(url)}$`;
}
