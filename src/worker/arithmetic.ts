import { ArithmeticError } from "./errors.js";

export interface Operands {
  readonly a: number;
  readonly b: number;
}

/** @throws {ArithmeticError} when the product is beyond what a number holds */
export const multiply = ({ a, b }: Operands): number => finite(a * b);

/** @throws {ArithmeticError} `division by zero`, or when the quotient is beyond a number */
export function divide({ a, b }: Operands): number {
  if (b === 0) throw new ArithmeticError("division by zero");
  return finite(a / b);
}

/** Infinity would arrive as null: JSON has no word for it. */
function finite(result: number): number {
  if (Number.isFinite(result)) return result;
  throw new ArithmeticError("the result is too large");
}
