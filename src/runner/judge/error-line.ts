/**
 * Finds the line of a cell's source to which an error text points.
 *
 * tslab gives line and column for what does not compile, and the line's text, as JavaScript, for
 * what throws; IPython marks the line with an arrow; our kernel names cell and line.
 *
 * @returns the line, from 1; undefined when the text does not tell
 */
export function errorLine(source: string, error: string): number | undefined {
  const lines = source.split("\n");
  // eslint-disable-next-line no-control-regex
  const text = error.replace(/\u001b\[[\d;]*m/g, "");
  const told = /^(\d+):\d+ - /m.exec(text) ?? /^-+> (\d+) /m.exec(text);
  const number = told && Number(told[1]);
  if (number && number <= lines.length) return number;
  const thrown = /^evalmachine\.<anonymous>:\d+\n(.*)\n/m.exec(text)?.[1];
  return thrown === undefined ? lineOfFrame(lines, text) : lineLike(lines, thrown);
}

/** The compiler changes white space and quotes: what is left of a line must be the same. */
function lineLike(lines: readonly string[], thrown: string): number | undefined {
  const bare = (line: string) => line.replace(/[\s;'"`]/g, "");
  const found = lines.findIndex((line) => bare(line) === bare(thrown) && bare(line) !== "");
  return found === -1 ? undefined : found + 1;
}

/** What the compiler removes or unfolds, so that lines below it move. */
const MOVES_LINES =
  /^\s*(import|export|interface|type|enum|declare|namespace|abstract|@)\b|\b(private|public|readonly) /m;

/** tslab's code has two lines before the cell's own, and no blank ones. */
function lineOfFrame(lines: readonly string[], text: string): number | undefined {
  const frame = /at .*evalmachine\.<anonymous>:(\d+):\d+/.exec(text)?.[1];
  if (frame === undefined || MOVES_LINES.test(lines.join("\n"))) return undefined;
  const written = lines.flatMap((line, index) => (line.trim() === "" ? [] : [index + 1]));
  return written[Number(frame) - 3];
}
