import { fileURLToPath, pathToFileURL } from "node:url";
import type { CellFiles } from "./cell-files.js";
import type { Inspector, ScriptParsed } from "./inspector.js";
import { Mapping } from "./mapping.js";
import type { ScriptText } from "./runtime-part.js";

/** How a front end calls a script, and how its places lead to its source. */
export interface Origin {
  /** Where front ends look for the source; empty for what has none. */
  readonly path: string;
  readonly name: string;
  readonly kind: "cell" | "local" | "package" | "internal" | "kernel";
  /** The source, where it is not that of V8's script. */
  readonly source?: string;
  readonly mapping: Mapping;
}

const PLAIN = new Mapping([]);
const NOWHERE: Origin = { path: "", name: "", kind: "internal", mapping: PLAIN };

/** The scripts that V8 has, by its numbers for them. */
export class Scripts {
  readonly #urls = new Map<string, string>();
  readonly #origins = new Map<string, Promise<Origin>>();
  readonly #cells = new Map<string, Origin>();

  constructor(
    private readonly inspector: Inspector,
    private readonly files: CellFiles,
    private readonly kernelFolder: string,
  ) {}

  parsed({ scriptId, url }: ScriptParsed): void {
    this.#urls.set(scriptId, url);
    // A file that is changed and loaded again has another map under the same name.
    if (isLocalModule(url)) void this.originOf(scriptId);
  }

  /** V8 tells of all scripts again when its debugger is switched on again. */
  forget(): void {
    this.#urls.clear();
    this.#origins.clear();
  }

  urlOf(scriptId: string): string {
    return this.#urls.get(scriptId) ?? "";
  }

  idOf(url: string): string | undefined {
    return [...this.#urls].findLast(([, one]) => one === url)?.[0];
  }

  /** Remembers a cell that is about to run. */
  addCell({ url, label, source, maps }: ScriptText): Origin {
    const path = this.files.add(source);
    const origin: Origin = { path, name: label, kind: "cell", source, mapping: new Mapping(maps) };
    this.#cells.set(url, origin);
    return origin;
  }

  isKernelFile(path: string): boolean {
    return path.startsWith(this.kernelFolder);
  }

  /** The cells of a path that have run, by the URLs of their scripts. */
  cellUrls(path: string): string[] {
    return [...this.#cells].filter(([, origin]) => origin.path === path).map(([url]) => url);
  }

  cell(url: string): Origin | undefined {
    return this.#cells.get(url);
  }

  originOf(scriptId: string): Promise<Origin> {
    let origin = this.#origins.get(scriptId);
    if (origin === undefined) {
      origin = this.#find(this.urlOf(scriptId)).catch(() => NOWHERE);
      this.#origins.set(scriptId, origin);
    }
    return origin;
  }

  async #find(url: string): Promise<Origin> {
    const cell = this.#cells.get(url);
    if (cell) return cell;
    const path = pathOf(url);
    if (path === undefined) return { ...NOWHERE, name: url, path: url };
    const name = path.split(/[\\/]/).at(-1) ?? path;
    if (this.isKernelFile(path)) return { ...NOWHERE, name, path, kind: "kernel" };
    if (!isLocalModule(url)) return { path, name, kind: "package", mapping: PLAIN };
    const text = await this.#text(url);
    if (text === undefined) return { path, name, kind: "local", mapping: PLAIN };
    const mapping = new Mapping(text.maps);
    return { path, name, kind: "local", source: text.source, mapping };
  }

  async #text(url: string): Promise<ScriptText | undefined> {
    const expression = `$kernel$.debug.script(${JSON.stringify(url)})`;
    const options = { expression, returnByValue: true, silent: true, disableBreaks: true };
    const { result } = await this.inspector.post<{ result: { value?: ScriptText } }>(
      "Runtime.evaluate",
      options,
    );
    return result.value;
  }
}

/** The path of a script's file; undefined for cells, and for what is inside of Node. */
export function pathOf(url: string): string | undefined {
  if (url.startsWith("file:")) return fileURLToPath(url);
  return /^(\/|[A-Za-z]:[\\/])/.test(url) ? url : undefined;
}

/** What V8 calls the script of a file. */
export function urlOfPath(path: string): string {
  return pathToFileURL(path).href;
}

function isLocalModule(url: string): boolean {
  const path = pathOf(url);
  return path !== undefined && !/[\\/]node_modules[\\/]/.test(path);
}

/** A text as part of a regular expression. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
