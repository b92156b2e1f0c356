/** What cells call the kernel's own functions: see `cell-globals.ts`. */
export const KERNEL = "$kernel$";

/**
 * What the cells so far have done to the names of the global scope. Kept by the protocol thread, in the order
 * in which cells are sent to run.
 */
export interface Names {
  /** Names that V8's global scope holds as `let` or `class`. */
  readonly lexical: Set<string>;
  /** Those of them that cells declared by `const`. */
  readonly constants: Set<string>;
  /**
   * Names of Node's own globals that a cell has declared. In the cells they are called otherwise, so
   * that `import { setTimeout } from "node:timers/promises"` changes no package's timers.
   */
  readonly renamed: Set<string>;
  /** Names of globals that were there before any cell. */
  readonly builtIn: ReadonlySet<string>;
}

export function newNames(): Names {
  const builtIn = new Set(Object.getOwnPropertyNames(globalThis));
  return { lexical: new Set(), constants: new Set(), renamed: new Set(), builtIn };
}

/** A copy to compile with: what it declares counts only once the cell is sent to run. */
export function draft(names: Names): Names {
  return {
    builtIn: names.builtIn,
    lexical: new Set(names.lexical),
    constants: new Set(names.constants),
    renamed: new Set(names.renamed),
  };
}

/** What a name is called in the global scope. */
export function globalName(name: string, names: Names): string {
  return names.builtIn.has(name) ? `${name}$` : name;
}
