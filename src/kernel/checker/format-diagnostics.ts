import type { Diagnostic } from "./diagnostics.js";

export interface FormatOptions {
  /** ANSI colours, which front ends show. Default: false. */
  readonly colour?: boolean;
}

/** Lines shown before and after the one that is meant. */
const AROUND = 1;

const paint = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

/**
 * Shows diagnostics as text: where, what, and the lines of the cell with a mark below the place.
 *
 * @param cellNumber the number in the cell's prompt, or undefined when it has none
 */
export function formatDiagnostics(
  code: string,
  diagnostics: readonly Diagnostic[],
  cellNumber: number | undefined,
  { colour = false }: FormatOptions = {},
): string {
  const plain = (text: string) => text;
  const [red, yellow, cyan, grey] = colour
    ? [paint(31), paint(33), paint(36), paint(90)]
    : [plain, plain, plain, plain];
  const cell = cellNumber === undefined ? "Cell" : `Cell ${cellNumber}`;
  const one = (diagnostic: Diagnostic) => {
    const { line, column, severity, message, file } = diagnostic;
    const lines = (file?.source ?? code).split(/\r\n|[\r\n]/);
    const where = file?.path ?? cell;
    const mark = severity === "error" ? red : yellow;
    const first = Math.max(1, line - AROUND);
    const last = Math.min(lines.length, line + AROUND);
    const width = String(last).length;
    const shown = [
      `${cyan(`${where}, line ${line}, column ${column}`)} - ` +
        `${mark(severity)} ${grey(`TS${diagnostic.code}:`)} ${message}`,
      "",
    ];
    for (let number = first; number <= last; number++) {
      const text = lines[number - 1] ?? "";
      shown.push(
        `${number === line ? ">" : " "} ${grey(`${String(number).padStart(width)} |`)} ${text}`,
      );
      if (number !== line) continue;
      shown.push(`  ${" ".repeat(width)} ${grey("|")} ${mark(caret(text, diagnostic))}`);
    }
    return shown.map((text) => text.trimEnd()).join("\n");
  };
  return diagnostics.map(one).join("\n\n");
}

/** The mark below a line: tabs stay, and an emoji takes two columns, as in most fonts. */
function caret(text: string, { column, endColumn }: Diagnostic): string {
  const until = endColumn === undefined ? text.length : endColumn - 1;
  const space = columns(text.slice(0, column - 1)).replaceAll(/[^\t]/g, " ");
  return space + "^".repeat(Math.max(1, columns(text.slice(column - 1, until)).length));
}

/** The text with one letter for each column that it takes. */
function columns(text: string): string {
  return text
    .normalize("NFC")
    .replaceAll(/\p{Mark}|\u200D/gu, "")
    .replaceAll(
      /\p{Extended_Pictographic}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]/gu,
      "xx",
    )
    .replaceAll(/[^\t]/gu, "x");
}
