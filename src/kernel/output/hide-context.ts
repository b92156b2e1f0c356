import { inspect } from "node:util";

/** What Node adds to promises and timers to know the cell that made them. */
const ADDED = /^(kResourceStore|async_id_symbol|trigger_async_id_symbol)$/;

/** Keeps out of printed promises and timers what only belongs to the kernel. */
export function hideContext(): void {
  const timer = setTimeout(() => {}, 0);
  const immediate = setImmediate(() => {});
  clearTimeout(timer);
  clearImmediate(immediate);
  for (const { prototype } of [Promise, timer.constructor, immediate.constructor]) {
    Object.defineProperty(prototype, inspect.custom, { value: hide, configurable: true });
  }
}

/** What returns the object itself is printed as ever. */
function hide(this: object): object {
  for (const symbol of Object.getOwnPropertySymbols(this)) {
    if (!ADDED.test(symbol.description ?? "")) continue;
    const descriptor = Object.getOwnPropertyDescriptor(this, symbol);
    if (descriptor?.configurable === true) {
      Object.defineProperty(this, symbol, { ...descriptor, enumerable: false });
    }
  }
  return this;
}
