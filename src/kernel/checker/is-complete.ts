import { scanOpen } from "./scan.js";
import { parseCell } from "./syntax.js";

export interface Completeness {
  readonly status: "complete" | "incomplete" | "invalid" | "unknown";
  /** White space to begin the next line with, when it is incomplete. */
  readonly indent?: string;
}

/**
 * Whether a console should run the code or wait for another line. A string in quotes that is not
 * closed is invalid, as no further line can close it, unless the line ends with a backslash.
 */
export function isComplete(code: string): Completeness {
  if (code.trim() === "") return { status: "complete" };
  const { errors } = parseCell(code);
  const { within, closers, balanced } = scanOpen(code);
  if (errors.length === 0) return { status: "complete" };
  if (!balanced) return { status: "invalid" };
  if (within === "template" || within === "comment") return { status: "incomplete", indent: "" };
  if (within === "string" || within === "regex") {
    return within === "string" && code.endsWith("\\")
      ? { status: "incomplete", indent: "" }
      : { status: "invalid" };
  }
  const end = code.trimEnd().length;
  const isCutOff = errors.some(({ labels }) => labels.some((label) => label.end >= end));
  if (closers.length === 0 && !isCutOff) return { status: "invalid" };
  return isCutOff ? { status: "incomplete", indent: nextIndent(code) } : { status: "invalid" };
}

/** As the last line begins, and two spaces more when it opened a bracket or stops half way. */
function nextIndent(code: string): string {
  const lines = code.trimEnd().split(/\r\n|[\r\n]/);
  const last = lines.at(-1) ?? "";
  const before = scanOpen(lines.slice(0, -1).join("\n")).closers.length;
  const now = scanOpen(code).closers.length;
  const closes = /^\s*[)\]}]/.test(last) && now > 0 && now < before;
  const indent = indentOf(closes ? openingLine(lines, now) : last);
  if (closes) return `${indent}  `;
  const goesOn = now === 0 || /[=+\-*/%&|^?:.<(,[{]$|=>$/.test(last);
  return now > before || (goesOn && !last.endsWith(",")) ? `${indent}  ` : indent;
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** The line that opened the innermost bracket that is still open. */
function openingLine(lines: readonly string[], depth: number): string {
  const depthUntil = (count: number) => scanOpen(lines.slice(0, count).join("\n")).closers.length;
  const index = lines.findLastIndex(
    (_, at) => depthUntil(at) < depth && depthUntil(at + 1) >= depth,
  );
  return lines[index] ?? "";
}
