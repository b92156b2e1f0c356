import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import remapping from "@jridgewell/remapping";
import type { FileCoverageData } from "istanbul-lib-coverage";
import v8ToIstanbul from "v8-to-istanbul";
import type { Compiled } from "./compiled.js";

interface SourceMap {
  readonly version: 3;
  readonly file: string;
  readonly sources: string[];
  readonly names: string[];
  readonly mappings: string;
}

/** What V8 tells of a script, as Node writes it. */
export interface Script {
  readonly scriptId: string;
  readonly url: string;
  readonly functions: Parameters<ReturnType<typeof v8ToIstanbul>["applyCoverage"]>[0];
}

export interface FileCoverage {
  readonly file: string;
  readonly data: FileCoverageData;
}

/**
 * What has run of one of the user's own files, in lines of its source.
 *
 * @returns undefined for what is none: Node, packages, cells
 */
export async function fileCoverage(
  { url, functions }: Script,
  compiled: ReadonlyMap<string, Compiled>,
): Promise<FileCoverage | undefined> {
  if (!url.startsWith("file:") || url.includes("/node_modules/")) return undefined;
  const file = fileURLToPath(url);
  const known = compiled.get(file);
  const converter = known ? ofCompiled(known) : await ofPlain(file);
  if (converter === undefined) return undefined;
  await converter.load();
  converter.applyCoverage(functions);
  const data: (FileCoverageData & { all?: boolean }) | undefined = converter.toIstanbul()[file];
  // What is marked as `all` would be left out where cells are added up.
  return data && { file, data: withFirstLines(Object.assign(data, { all: false })) };
}

/** A line with a function that has run, such as `const f = () => 1`, has run, though it begins before it. */
function withFirstLines(data: FileCoverageData): FileCoverageData {
  const s = { ...data.s };
  const lines = new Map(
    Object.entries(data.statementMap).map(([key, { start }]) => [start.line, key]),
  );
  for (const [key, { loc }] of Object.entries(data.fnMap)) {
    const statement = lines.get(loc.start.line);
    if (statement !== undefined) s[statement] = Math.max(s[statement] ?? 0, data.f[key] ?? 0);
  }
  return { ...data, s };
}

function ofCompiled({ file, source, code, prefixLength, maps }: Compiled) {
  // The last step's source is the output of the one before it.
  const map = remapping(maps.map((text) => JSON.parse(text) as object) as never, () => null);
  const { mappings, names } = JSON.parse(map.toString()) as Pick<SourceMap, "mappings" | "names">;
  const sourcemap: SourceMap = { version: 3, file, sources: [file], names, mappings };
  return v8ToIstanbul(file, prefixLength, {
    source: code.slice(prefixLength),
    originalSource: source,
    sourceMap: { sourcemap },
  });
}

/** JavaScript that Node has loaded as it is. The runner's and the kernel's own files are packages. */
async function ofPlain(file: string) {
  if (!/\.[cm]?js$/.test(file)) return undefined;
  const source = await readFile(file, "utf8").catch(() => undefined);
  return source === undefined ? undefined : v8ToIstanbul(file, 0, { source });
}
