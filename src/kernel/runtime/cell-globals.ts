import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { KeyboardInterrupt } from "../errors.js";
import type { Importer } from "../modules/importer.js";
import { currentCell, owningCell } from "./cell.js";
import type { Evaluator } from "./evaluator.js";
import type { Outbox } from "./outbox.js";
import { terminator } from "./unwind.js";
import { usingCtx, decorate, decorateParam, decorateMetadata } from "./helpers.js";

type Namespace = Record<string, unknown>;

/** Names of the notebook's file are not known to a kernel: its folder is what counts. */
const NOTEBOOK = "notebook.ts";

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
  const filename = join(importer.folder, NOTEBOOK);
  const url = pathToFileURL(filename).href;
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
    live<T>(value: T): T {
      if (owningCell()?.stopped === true) throw new KeyboardInterrupt();
      return value;
    },
    import: (specifier: unknown) => importer.import(String(specifier)),
    async link(specifier: string, _attributes: unknown, names: readonly [string, string][]) {
      const namespace = (await importer.import(specifier)) as Namespace;
      for (const [local, imported] of names) {
        const get = () => pick(namespace, imported, specifier);
        linked.set(local, get);
        Object.defineProperty(globalThis, local, { get, configurable: true });
      }
    },
    linked: (name: string) => linked.get(name)?.(),
    meta: {
      url,
      dirname: importer.folder,
      filename,
      resolve: (specifier: string) => importer.resolve(specifier),
    },
    helpers: { usingCtx, decorate, decorateParam, decorateMetadata },
  };
  const globals: Record<string, unknown> = {
    $kernel$: kernel,
    require: importer.require(createRequire(url)),
    __dirname: importer.folder,
    __filename: filename,
    __tslab__: { require: importer.require(createRequire(url)) },
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
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
