import { cellPlaces, elementsAt, memberAt } from "../read/json-places.js";

/**
 * Finds the line of a notebook's file in which a line of a cell's source stands.
 *
 * @param text the file, which is JSON
 * @param cellIndex position among all cells, from 0
 * @param sourceLine line of the cell's source, from 1
 * @returns from 1; the line where the cell's source begins where its lines are not told apart
 */
export function lineInFile(text: string, cellIndex: number, sourceLine = 1): number {
  const cell = cellPlaces(text)[cellIndex];
  if (cell === undefined) return 1;
  const source = memberAt(text, cell.start, "source")?.value.start;
  const isList = source !== undefined && text[source] === "[";
  const line = isList ? elementsAt(text, source)[sourceLine - 1]?.start : undefined;
  return text.slice(0, line ?? source ?? cell.start).split("\n").length;
}
