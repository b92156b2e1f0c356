/**
 * Finds the line of a notebook's file in which a line of a cell's source stands.
 *
 * @param text the file, which is JSON
 * @param cellIndex position among all cells, from 0
 * @param sourceLine line of the cell's source, from 1
 * @returns from 1; the line where the cell's source begins where its lines are not told apart
 */
export function lineInFile(text: string, cellIndex: number, sourceLine = 1): number {
  const source = offsetOf(text, ["cells", cellIndex, "source"]);
  const line = offsetOf(text, ["cells", cellIndex, "source", sourceLine - 1]);
  const offset = line ?? source ?? offsetOf(text, ["cells", cellIndex]) ?? 0;
  return text.slice(0, offset).split("\n").length;
}

type Path = readonly (string | number)[];

/** Where the value at a path begins in a JSON text. */
function offsetOf(text: string, path: Path): number | undefined {
  // Strings first: what stands in one is no bracket.
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
  const stack: { keys: boolean; at: string | number }[] = [];
  const isWanted = () =>
    stack.length === path.length && stack.every(({ at }, depth) => at === path[depth]);
  let key: string | undefined;
  for (const match of text.matchAll(token)) {
    const [part] = match;
    const top = stack.at(-1);
    if (part === ",") {
      if (top && !top.keys) top.at = Number(top.at) + 1;
      else key = undefined;
    } else if (part === ":") {
      if (top) top.at = key ?? "";
    } else if (top?.keys && key === undefined && part.startsWith('"')) {
      key = JSON.parse(part) as string;
    } else if (part === "}" || part === "]") {
      stack.pop();
      key = undefined;
    } else {
      if (isWanted()) return match.index;
      if (part === "{" || part === "[") {
        stack.push({ keys: part === "{", at: part === "{" ? "" : 0 });
        key = undefined;
      }
    }
  }
  return undefined;
}
