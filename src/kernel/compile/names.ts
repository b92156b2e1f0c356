/** What cells call the kernel's own functions: see `cell-globals.ts`. */
export const KERNEL = "$kernel$";

/** Ends a call of theirs around an expression, so that `function-source.ts` finds it. */
export const CLOSE = "/*$kernel$*/)";

/** What a CommonJS file has, and cells have as well. */
export const MODULE_NAMES = ["require", "module", "exports", "__filename", "__dirname"] as const;

/**
 * What the cells so far have done to the names of the global scope. Kept by the protocol thread, in
 * the order in which cells are sent to run. For what V8 calls these names see `cell-names.ts`.
 */
export interface Names {
  /** Names that belong to the cells. */
  readonly declared: Set<string>;
  /** Those of them that V8's global scope holds as `let`; the others are getters. */
  readonly lexical: Set<string>;
  /** Those of them that cells declared by `const`. */
  readonly constants: Set<string>;
  /** Those that the cell declares that is compiled with this. */
  readonly fresh: Set<string>;
  /** Names of globals that were there before any cell. */
  readonly builtIn: ReadonlySet<string>;
}

export function newNames(): Names {
  return {
    declared: new Set(MODULE_NAMES),
    lexical: new Set(),
    constants: new Set(),
    fresh: new Set(),
    builtIn: new Set([...Object.getOwnPropertyNames(globalThis), KERNEL]),
  };
}

/** A copy to compile with: what it declares counts only once the cell is sent to run. */
export function draft({ declared, lexical, constants, builtIn }: Names): Names {
  return {
    declared: new Set(declared),
    lexical: new Set(lexical),
    constants: new Set(constants),
    fresh: new Set(),
    builtIn,
  };
}

/** Notes that a cell declares a name. */
export function declare(name: string, names: Names): void {
  names.declared.add(name);
  names.fresh.add(name);
}
