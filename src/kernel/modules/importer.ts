import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";
import { ImportError } from "../errors.js";
import { installAdvice } from "./install-advice.js";
import { LocalModules } from "./local-modules.js";
import { isPath, resolveLocal } from "./resolve-local.js";
import { forgetSettings } from "./tsconfig.js";

type NativeImport = (specifier: string, options?: ImportCallOptions) => Promise<unknown>;

const JSON_OPTIONS = { with: { type: "json" } };
/** Node's answers to JSON that is imported without its attribute. */
const NEEDS_TYPE = /^ERR_IMPORT_(ASSERTION_TYPE|ATTRIBUTE)_MISSING$/;

/**
 * Imports for cells and for the user's own modules. Packages and built-ins are left to Node's
 * loader, with the importing file's folder as the place to resolve from.
 */
export class Importer {
  readonly #native = new Map<string, NativeImport>();
  readonly #local = new LocalModules(
    (specifier, parent) => this.#import(specifier, parent),
    (specifier, parent) => this.resolve(specifier, parent),
  );
  readonly #parent: string;

  constructor(
    /** The notebook's folder. */
    readonly folder: string,
    /** Modules that the kernel itself provides. */
    private readonly virtual: ReadonlyMap<string, unknown>,
  ) {
    this.#parent = join(folder, "notebook.ts");
    silenceWarning();
  }

  /**
   * Imports for a cell.
   *
   * @throws {ImportError} when there is no such module
   */
  import(specifier: string): Promise<unknown> {
    forgetSettings();
    return this.#import(specifier, this.#parent);
  }

  /** Loads a package ahead of its import, which tells what is wrong with it. */
  async preload(specifier: string): Promise<void> {
    // Files of the user's own are loaded anew when they have changed.
    if (this.virtual.has(specifier) || resolveLocal(specifier, this.#parent) !== undefined) return;
    await this.#nativeFor(this.#parent)(specifier).catch(() => {});
  }

  /** What `import.meta.resolve` gives: a URL. */
  resolve(specifier: string, parent = this.#parent): string {
    const local = resolveLocal(specifier, parent);
    if (local !== undefined) return pathToFileURL(local).href;
    if (isPath(specifier)) return new URL(specifier, pathToFileURL(parent)).href;
    if (isBuiltin(specifier)) return specifier.replace(/^(node:)?/, "node:");
    return pathToFileURL(createRequire(parent).resolve(specifier)).href;
  }

  /** `require` that knows the kernel's own modules, too. */
  require(require: NodeJS.Require): NodeJS.Require {
    return new Proxy(require, {
      apply: (target, thisArgument, [specifier]: [string]) => {
        const own = this.virtual.get(specifier);
        if (own !== undefined) return own;
        try {
          return Reflect.apply(target, thisArgument, [specifier]) as unknown;
        } catch (error) {
          throw this.#withAdvice(error, specifier);
        }
      },
    });
  }

  /** The error of a `require`, with how to install what is missing. */
  #withAdvice(error: unknown, specifier: string): unknown {
    const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
    const isIt =
      code === "MODULE_NOT_FOUND" && message.startsWith(`Cannot find module '${specifier}'`);
    const advice = isIt ? installAdvice(specifier, this.folder) : undefined;
    if (advice === undefined) return error;
    return Object.assign(new ImportError(`Cannot find "${specifier}". ${advice}`), { code });
  }

  async #import(specifier: string, parent: string): Promise<unknown> {
    const own = this.virtual.get(specifier);
    if (own !== undefined) return own;
    const path = resolveLocal(specifier, parent);
    const isLocal = path !== undefined && /\.([cm]?[jt]sx?|json)$/.test(path);
    if (isLocal) return this.#local.load(path, parent === this.#parent ? undefined : parent);
    return this.#importNative(specifier, parent);
  }

  async #importNative(specifier: string, parent: string): Promise<unknown> {
    try {
      return await this.#nativeFor(parent)(specifier);
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      // As for a JSON file of the user's own: it is one, whether the import says so or not.
      if (NEEDS_TYPE.test(code)) return this.#nativeFor(parent)(specifier, JSON_OPTIONS);
      const isMissing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
      // The message names this file only when it is the specifier itself that was not found.
      if (!isMissing || !message.includes(`imported from ${parent}`)) throw error;
      const hint = isPath(specifier)
        ? `There is no such file; it was looked for from ${dirname(parent)}.`
        : (installAdvice(specifier, dirname(parent)) ?? "");
      throw new ImportError(`Cannot find "${specifier}". ${hint}`);
    }
  }

  /** An `import()` whose specifiers are resolved from a file. */
  #nativeFor(parent: string): NativeImport {
    let native = this.#native.get(parent);
    if (native === undefined) {
      native = importFunction(parent);
      this.#native.set(parent, native);
    }
    return native;
  }
}

/** `import()` as a file at that path would do it. */
function importFunction(filename: string): NativeImport {
  const script = new Script("(specifier, options) => import(specifier, options)", {
    filename,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext() as NativeImport;
}

/** Node warns that the constant above is experimental; users cannot help it. */
function silenceWarning(): void {
  const emitWarning = process.emitWarning.bind(process) as (...all: unknown[]) => void;
  process.emitWarning = (warning: unknown, ...rest: unknown[]) => {
    if (!String(warning).startsWith("vm.USE_MAIN_CONTEXT_DEFAULT_LOADER")) {
      emitWarning(warning, ...rest);
    }
  };
}
