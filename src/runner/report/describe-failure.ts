import type { RunResult } from "../run/run-events.js";
import { shortPath } from "../read/select-files.js";
import { harmless, harmlessLine } from "./harmless.js";
import { firstLines } from "./shortened.js";
import { VERDICTS, type Failure, type Verdict } from "../judge/verdicts.js";

/** What is shown of a kernel's own log under a failure, in lines. */
const LOG_LINES = 20;
/** What is shown of a long text such as a diff, in lines: the reports to files hold all of it. */
const DETAIL_LINES = 200;
/** What is shown of a line, in characters. */
const LONGEST_LINE = 2000;

/** Verdicts about the kernel as a whole, of which its own log may tell more. */
const TOLD_BY_LOG = new Set<Verdict>([
  "startup-timeout",
  "notebook-timeout",
  "kernel-died",
  "aborted",
  "output-lost",
  "unhandled-rejection",
  "unhandled-exception",
  "leaked-handle",
]);

/** A failure with the cell's source, its line marked, and what was expected and what came. */
export function describeFailure(result: RunResult, failure: Failure): string {
  const { notebook, kernelLog } = result;
  const cell = notebook.cells.find(({ index }) => index === failure.cellIndex);
  const parts = [
    `${harmlessLine(shortPath(notebook.file))}${whereIs(result, failure)}: ${VERDICTS[failure.verdict].title} (${failure.verdict})`,
    harmlessLine(failure.message),
    cell && numbered(cell.source, failure.line),
    failure.detail && firstLines(failure.detail.trimEnd(), DETAIL_LINES, LONGEST_LINE),
    TOLD_BY_LOG.has(failure.verdict) &&
      kernelLog.trim() &&
      `The kernel's own log ends:\n${lastLines(kernelLog)}`,
  ];
  const text = parts
    .filter((part) => part)
    .map((part, index) => indent(String(part), index === 0 ? "  " : "    "))
    .join("\n");
  return `\n${harmless(text)}\n\n`;
}

/** Cell and round of a failure, in words that follow the notebook's name. */
export function whereIs({ notebook }: Pick<RunResult, "notebook">, failure: Failure): string {
  const position = notebook.cells.findIndex(({ index }) => index === failure.cellIndex);
  const cell = notebook.cells[position];
  const where = cell
    ? `, cell ${cell.index + 1} (code cell ${position + 1} of ${notebook.cells.length})`
    : "";
  const round = failure.round && failure.round > 1 ? `, round ${failure.round}` : "";
  return where + round;
}

function numbered(source: string, marked: number | undefined): string {
  const lines = source.trimEnd().split("\n");
  const width = String(lines.length).length;
  return lines
    .map((line, index) => {
      const number = String(index + 1).padStart(width);
      return `${index + 1 === marked ? ">" : " "} ${number} | ${line}`.trimEnd();
    })
    .join("\n");
}

function lastLines(log: string): string {
  const lines = log.trimEnd().split("\n").slice(-LOG_LINES);
  return firstLines(lines.join("\n"), LOG_LINES, LONGEST_LINE);
}

function indent(text: string, by: string): string {
  return text.replace(/^(?=.)/gm, by);
}
