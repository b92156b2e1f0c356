import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { withSourceNames } from "../cell-names.js";
import { runtimePart } from "../debugger/runtime-part.js";
import { renameEvaluated } from "../compile/evaluated.js";
import { MODULE_NAMES } from "../compile/names.js";
import { KeyboardInterrupt } from "../errors.js";
import type { Importer } from "../modules/importer.js";
import { cellModule } from "./cell-module.js";
import { defineGetter, defineValue, isCellsName, isKnown } from "./cell-scope.js";
import { currentCell, owningCell } from "./cell.js";
import type { Evaluator } from "./evaluator.js";
import type { Outbox } from "./outbox.js";
import { terminator } from "./terminator.js";
import { usingCtx, decorate, decorateParam, decorateMetadata } from "./helpers.js";

type Namespace = Record<string, unknown>;

/**
 * Gives cells what their compiled code calls, `$kernel$`, and what a module has: `require`,
 * `__dirname`, `import.meta`.
 */
export function installCellGlobals(
  outbox: Outbox,
  evaluator: Evaluator,
  importer: Importer,
  shared: Int32Array,
): void {
  const module = cellModule(importer);
  const { __filename: filename } = module;
  const linked = new Map<string, () => unknown>();
  const kernel = {
    terminate: terminator(outbox, evaluator, shared),
    constant: (_value?: unknown): never => {
      throw new TypeError("Assignment to constant variable.");
    },
    flush: () => outbox.flushUnlessBusy(),
    value(value: unknown) {
      const cell = currentCell();
      if (cell) cell.value = value;
    },
    at(line: number, column: number) {
      const cell = owningCell();
      if (cell) cell.awaiting = [line, column];
    },
    awaits<T>(value: T): T {
      const cell = owningCell();
      if (cell?.running === true) cell.awaited = value;
      return value;
    },
    live<T>(value: T): T {
      if (owningCell()?.stopped === true) throw new KeyboardInterrupt();
      return value;
    },
    caught(error?: unknown) {
      kernel.live(undefined);
      nameAsWritten(error);
    },
    import: (specifier: unknown) => importer.import(String(specifier)),
    async link(specifier: string, _attributes: unknown, names: readonly [string, string][]) {
      const namespace = (await importer.import(specifier)) as Namespace;
      for (const [local, imported] of names) {
        const get = () => pick(namespace, imported, specifier);
        linked.set(local, get);
        defineGetter(local, get);
      }
    },
    linked: (name: string) => linked.get(name)?.(),
    isKnown,
    evaluated: (locals: readonly string[], code: unknown) =>
      typeof code === "string" ? renameEvaluated(code, locals, isCellsName) : code,
    meta: {
      url: pathToFileURL(filename).href,
      dirname: importer.folder,
      filename,
      resolve: (specifier: string) => importer.resolve(specifier),
    },
    /** Made when a debugger first asks for it. */
    get debug() {
      const part = runtimePart(outbox, () => Object.keys(createRequire(filename).cache));
      Object.defineProperty(kernel, "debug", { value: part });
      return part;
    },
    helpers: { usingCtx, decorate, decorateParam, decorateMetadata },
  };
  for (const name of MODULE_NAMES) defineValue(name, module[name]);
  // By `__tslab__` the lab's lib finds the kernel it is in.
  for (const [name, value] of [
    ["$kernel$", kernel],
    ["__tslab__", { require: module.require }],
  ] as const) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
  }
}

/** V8 tells in its messages how it knows the names of cells. */
function nameAsWritten(error: unknown): void {
  try {
    if (!(error instanceof Error)) return;
    const message = withSourceNames(error.message);
    if (message !== error.message) error.message = message;
  } catch {
    // A message that cannot be read or set is not V8's.
  }
}

/**
 * The export of a name. It is looked up when it is used: an interface has none, and is never used.
 * CommonJS packages keep names in their default export that Node did not find.
 */
function pick(namespace: Namespace, name: string, specifier: string): unknown {
  if (name === "*") return namespace;
  if (name in namespace) return namespace[name];
  const all = namespace["default"] as Namespace | undefined | null;
  const isObject = (typeof all === "object" && all !== null) || typeof all === "function";
  if (isObject && name in all) return all[name];
  throw new SyntaxError(`The module "${specifier}" has no export named "${name}".`);
}
