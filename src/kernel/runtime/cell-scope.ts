import { scopeName } from "../cell-names.js";
import type { CompiledCell } from "../link.js";

const declared = new Set<string>();
const global = globalThis as Record<string, unknown>;

/** Whether a name means anything in a cell: one of the cells', or a global. */
export function isKnown(name: string): boolean {
  return declared.has(name) || name in globalThis;
}

/** Whether a name belongs to the cells. */
export function isCellsName(name: string): boolean {
  return declared.has(name);
}

/**
 * Readies the scope for what a cell declares and uses. A name that no cell has declared yet is looked
 * up among the globals, until a `let` or an import comes before that.
 */
export function prepareScope(cell: Pick<CompiledCell, "declared" | "undeclared">): void {
  for (const name of cell.declared) declared.add(name);
  for (const name of cell.undeclared) {
    const own = scopeName(name);
    if (declared.has(name) || Object.hasOwn(globalThis, own)) continue;
    const find = () => {
      if (!(name in globalThis)) throw new ReferenceError(`${name} is not defined`);
    };
    Object.defineProperty(globalThis, own, {
      configurable: true,
      get() {
        find();
        return global[name];
      },
      set(value: unknown) {
        find();
        global[name] = value;
      },
    });
  }
}

/** Gives the cells a name whose value is looked up each time. */
export function defineGetter(name: string, get: () => unknown): void {
  declared.add(name);
  Object.defineProperty(globalThis, scopeName(name), { get, configurable: true });
}

/** Gives the cells a name whose value is looked up each time, and says what setting it does. */
export function defineAccessor(
  name: string,
  get: () => unknown,
  set: (value: unknown) => void,
): void {
  declared.add(name);
  Object.defineProperty(globalThis, scopeName(name), { get, set, configurable: true });
}

/** Gives the cells a name that they may set. */
export function defineValue(name: string, value: unknown): void {
  declared.add(name);
  const descriptor = { value, writable: true, configurable: true };
  Object.defineProperty(globalThis, scopeName(name), descriptor);
}
