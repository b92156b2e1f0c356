import type { CellEnd } from "./execute-cell.js";

/** What Python's SystemExit says of an exit with code 0. */
const NO_CODE = new Set(["", "0", "None"]);

/** Whether a cell has ended its notebook by an exit with code 0, as scripts do. */
export function isExit(end: CellEnd): boolean {
  if (end.kind === "died") return end.isClean;
  return end.kind === "error" && end.name === "SystemExit" && NO_CODE.has(end.value ?? "");
}
