import { defineAccessor, defineValue } from "./cell-scope.js";

const NAME = "_";
let last: unknown;

/** Keeps the last value that a cell has shown. */
export function keepLastValue(value: unknown): void {
  if (value !== undefined) last = value;
}

/** Gives the cells `_`, as in Node's REPL: the last value, until a cell gives it another meaning. */
export function installLastValue(): void {
  defineAccessor(
    NAME,
    () => last,
    (value) => defineValue(NAME, value),
  );
}
