import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";
import { localSource, type LocalSource } from "./local-source.js";
import { tellCompiled } from "./tell-compiled.js";

export type Namespace = Record<string, unknown>;
export type Import = (specifier: string, parent: string) => Promise<unknown>;

/** A module that runs or has run. */
interface Instance {
  readonly version: string;
  readonly namespace: Namespace;
  done: Promise<void>;
  finished: boolean;
  /** Modules it waits for. */
  readonly waitsFor: Set<string>;
}

const PARAMETERS = [
  "__vite_ssr_import__",
  "__vite_ssr_dynamic_import__",
  "__vite_ssr_exports__",
  "__vite_ssr_exportAll__",
  "__vite_ssr_import_meta__",
];
/** What a CommonJS file has besides. */
const COMMONJS = ["require", "module", "exports", "__filename", "__dirname"];

/**
 * Runs the user's own modules, which Node's loader would keep for ever: a module runs again when it,
 * or a file that it imports at whatever depth, has changed; all others keep their state.
 */
export class LocalModules {
  readonly #instances = new Map<string, Instance>();

  /** @param importFrom imports what is no local module */
  constructor(
    private readonly importFrom: Import,
    private readonly resolve: (specifier: string, parent: string) => string,
  ) {}

  /**
   * Gives the namespace of a file.
   *
   * @param from the local module that imports it
   * @throws {CompileError} and what the module throws
   */
  async load(path: string, from?: string): Promise<Namespace> {
    const source = localSource(path);
    if (source.kind === "json") return jsonNamespace(readFileSync(path, "utf8"));
    const version = graphVersion(path);
    let instance = this.#instances.get(path);
    if (instance?.version !== version) {
      instance = this.#start(source, version);
    } else if (from !== undefined && !instance.finished && this.#waits(path, from)) {
      // A circle: what is there so far, as in any ES module.
      return instance.namespace;
    }
    const importer = from === undefined ? undefined : this.#instances.get(from);
    importer?.waitsFor.add(path);
    try {
      await instance.done;
    } finally {
      importer?.waitsFor.delete(path);
    }
    return instance.namespace;
  }

  /** Whether a module waits for another, directly or not. */
  #waits(path: string, other: string, seen = new Set<string>()): boolean {
    if (path === other) return true;
    if (seen.has(path)) return false;
    seen.add(path);
    const next = this.#instances.get(path)?.waitsFor ?? [];
    return [...next].some((one) => this.#waits(one, other, seen));
  }

  #start(source: LocalSource, version: string): Instance {
    const { path } = source;
    const namespace = emptyNamespace();
    const instance: Instance = {
      version,
      namespace,
      done: Promise.resolve(),
      finished: false,
      waitsFor: new Set(),
    };
    this.#instances.set(path, instance);
    const run =
      source.kind === "commonjs" ? runCommonJs(source, namespace) : this.#run(source, namespace);
    instance.done = run.then(
      () => {
        instance.finished = true;
      },
      (error: unknown) => {
        // The next import tries again.
        if (this.#instances.get(path) === instance) this.#instances.delete(path);
        throw error;
      },
    );
    instance.done.catch(() => {});
    return instance;
  }

  async #run(source: LocalSource, namespace: Namespace): Promise<void> {
    const { path, code, hasCommonJs } = source;
    const url = pathToFileURL(path).href;
    const module = { exports: {} as Namespace };
    const before = module.exports;
    const parameters = hasCommonJs ? [...PARAMETERS, ...COMMONJS] : PARAMETERS;
    const prefix = `(async (${parameters.join(",")}) => {"use strict";\n`;
    const script = `${prefix}${code}\n})`;
    tellCompiled(source, script, prefix.length);
    const run = runInThisContext(script, { filename: path, lineOffset: -1 }) as (
      ...values: unknown[]
    ) => Promise<void>;
    await run(
      (specifier: string) => this.importFrom(specifier, path),
      (specifier: unknown) => this.importFrom(String(specifier), path),
      namespace,
      (from: Namespace) => exportAll(namespace, from),
      {
        url,
        filename: path,
        dirname: dirname(path),
        resolve: (specifier: string) => this.resolve(specifier, path),
      },
      createRequire(url),
      module,
      module.exports,
      path,
      dirname(path),
    );
    // `export =` of a .cts file.
    if (module.exports !== before) Object.assign(namespace, commonJsNamespace(module.exports));
  }
}

/** One version for a file and all it imports; files of a circle have the same. */
function graphVersion(path: string): string {
  const seen = new Map<string, string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    const { hash, imports } = localSource(file);
    seen.set(file, hash);
    for (const one of imports) visit(one);
  };
  visit(path);
  const lines = [...seen].map(([file, hash]) => `${file} ${hash}`).toSorted();
  return createHash("sha1").update(lines.join("\n")).digest("base64");
}

async function runCommonJs({ path }: LocalSource, namespace: Namespace): Promise<void> {
  const require = createRequire(pathToFileURL(path));
  const forget = (file: string) => {
    if (require.cache[file] === undefined) return;
    delete require.cache[file];
    for (const one of localSource(file).imports) forget(one);
  };
  forget(path);
  Object.assign(namespace, commonJsNamespace(require(path)));
}

function commonJsNamespace(exports: unknown): Namespace {
  const isObject = (typeof exports === "object" || typeof exports === "function") && exports;
  const named = isObject ? Object.fromEntries(Object.entries(exports as Namespace)) : {};
  return { ...named, default: exports };
}

function jsonNamespace(text: string): Namespace {
  return commonJsNamespace(JSON.parse(text) as unknown);
}

function emptyNamespace(): Namespace {
  const namespace = Object.create(null) as Namespace;
  Object.defineProperty(namespace, Symbol.toStringTag, { value: "Module" });
  return namespace;
}

function exportAll(into: Namespace, from: Namespace): void {
  for (const name of Object.keys(from)) {
    if (name === "default" || name in into) continue;
    Object.defineProperty(into, name, {
      enumerable: true,
      configurable: true,
      get: () => from[name],
    });
  }
}
