import { exactly } from "../read/exact-value.js";
import type { CodeCell } from "../read/notebook.js";
import { assignments } from "../read/parameters.js";

/**
 * The code that a cell's metadata wants to run after it, as nbmake reads it: variables to be replaced,
 * then lines of code; empty for most cells.
 *
 * @throws {UsageError} for a language whose assignments are not known
 */
export function codeAfter(
  { mocks, afterwards }: Pick<CodeCell, "mocks" | "afterwards">,
  language: string,
): string {
  const values = new Map(Object.entries(mocks).map(([name, value]) => [name, exactly(value)]));
  const assigned = values.size === 0 ? "" : assignments(values, language, "nbmake.mock");
  return [assigned, afterwards].filter((part) => part !== "").join("\n");
}
