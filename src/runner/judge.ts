import type { CellRun } from "./execute-cell.js";
import { errorLine } from "./error-line.js";
import type { CodeCell } from "./notebook.js";
import type { Output } from "./output.js";
import type { Failure } from "./verdicts.js";

interface Limits {
  readonly cellTimeoutSeconds: number;
  readonly notebookTimeoutSeconds: number;
}

/**
 * Judges how a cell ended.
 *
 * @param outOfTime whether the notebook's time was up, not only the cell's
 * @returns undefined when the cell ended as its tags say
 */
export function judgeCell(
  cell: CodeCell,
  { end, fold }: CellRun,
  limits: Limits,
  outOfTime: boolean,
): Failure | undefined {
  const cellIndex = cell.index;
  const mustFail = cell.tags.includes("raises-exception");
  switch (end.kind) {
    case "ok":
      if (!mustFail) return undefined;
      return {
        verdict: "expected-error-missing",
        cellIndex,
        message: "The cell is tagged raises-exception, but it ended without an error.",
      };
    case "error": {
      if (mustFail) return undefined;
      const detail = errorText(fold.outputs);
      const line = errorLine(cell.source, detail);
      return {
        verdict: "cell-error",
        cellIndex,
        message: firstLine(end.name ? `${end.name}: ${end.value ?? ""}` : detail),
        detail,
        ...(line === undefined ? {} : { line }),
      };
    }
    case "aborted":
      return {
        verdict: "aborted",
        cellIndex,
        message: "The kernel refused to run the cell, so it did not run.",
      };
    case "lost":
      return {
        verdict: "output-lost",
        cellIndex,
        message: `Output of the cell was lost on its way: ${end.what}. Print less at a time.`,
      };
    case "died":
      return { verdict: "kernel-died", cellIndex, message: `The kernel ${end.how}.` };
    case "timeout":
      return outOfTime
        ? {
            verdict: "notebook-timeout",
            cellIndex,
            message: `The notebook ran longer than ${limits.notebookTimeoutSeconds} s (--notebook-timeout).`,
          }
        : {
            verdict: "cell-timeout",
            cellIndex,
            message: `The cell ran longer than ${limits.cellTimeoutSeconds} s (--cell-timeout).`,
          };
  }
}

/** What tslab writes to stderr when nobody handled an error, while the cell ends ok. */
const UNHANDLED = [
  { verdict: "unhandled-rejection", pattern: /^UnhandledPromiseRejection: .*/m },
  { verdict: "unhandled-exception", pattern: /^UncaughtException: .*/m },
] as const;

/** Looks for errors that nobody handled, in a cell's stderr or in the kernel's own log. */
export function judgeUnhandled(text: string, where: { cellIndex?: number } = {}): Failure[] {
  return UNHANDLED.flatMap(({ verdict, pattern }): Failure[] => {
    const [message] = pattern.exec(text) ?? [];
    return message === undefined ? [] : [{ verdict, ...where, message, detail: text }];
  });
}

/** Judges the outputs of a cell: its text, and its diff to the stored ones where they differ. */
export function judgeOutputs(
  cell: CodeCell,
  outputs: readonly Output[],
  diff: string | undefined,
): Failure[] {
  const stderr = outputs.flatMap((output) =>
    output.output_type === "stream" && output.name === "stderr" ? [output.text] : [],
  );
  const unhandled = judgeUnhandled(stderr.join(""), { cellIndex: cell.index });
  if (unhandled.length > 0 || diff === undefined) return unhandled;
  return [
    {
      verdict: "output-mismatch",
      cellIndex: cell.index,
      message: "The outputs differ from the stored ones.",
      detail: diff,
    },
  ];
}

function errorText(outputs: readonly Output[]): string {
  return outputs
    .map((output) => {
      if (output.output_type === "error") return output.traceback.join("\n");
      return output.output_type === "stream" && output.name === "stderr" ? output.text : "";
    })
    .join("");
}

/** The line that names the error; tslab puts the source line before it. */
function firstLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /^\w*(Error|Exception)\b.*:/.test(line)) ?? lines[0] ?? "").trim();
}
