import type { Difference } from "./compare/compare-outputs.js";
import { expectedError, patienceFor } from "../read/cell-tags.js";
import type { CellRun } from "../run/execute-cell.js";
import { errorLine } from "./error-line.js";
import type { CodeCell } from "../read/notebook.js";
import type { Output } from "../read/output.js";
import type { Failure } from "./verdicts.js";
import { shortened } from "../report/shortened.js";
import { withoutColours } from "./without-colours.js";

/** A message stands in one line of a report, its detail below has the whole text. */
const LONGEST_MESSAGE = 1000;

export interface Limits {
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
  const expected = expectedError(cell);
  switch (end.kind) {
    case "ok":
      if (expected === undefined) return undefined;
      return {
        verdict: "expected-error-missing",
        cellIndex,
        message: "The cell is tagged raises-exception, but it ended without an error.",
      };
    case "error": {
      const detail = errorText(fold.outputs, end);
      const told = firstLine(end.name ? `${end.name}: ${end.value ?? ""}` : detail);
      const message = shortened(told, LONGEST_MESSAGE) || "The kernel did not say why it failed.";
      if (expected !== undefined) {
        const whole = `${end.name ?? ""}: ${end.value ?? ""}\n${detail}`;
        if (whole.includes(expected)) return undefined;
        return {
          verdict: "expected-error-missing",
          cellIndex,
          message: `The cell must fail with "${expected}", but it failed with "${message}".`,
          detail,
        };
      }
      const line = errorLine(cell.source, detail);
      return {
        verdict: "cell-error",
        cellIndex,
        message,
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
    case "timeout": {
      if (outOfTime) {
        const message = `The notebook ran longer than ${limits.notebookTimeoutSeconds} s (--notebook-timeout).`;
        return { verdict: "notebook-timeout", cellIndex, message };
      }
      const seconds = limits.cellTimeoutSeconds * patienceFor(cell);
      const message = `The cell ran longer than ${seconds} s (--cell-timeout, ten times that for the tag slow).`;
      return { verdict: "cell-timeout", cellIndex, message };
    }
  }
}

/** What tslab writes to stderr when nobody handled an error, while the cell ends ok. */
const UNHANDLED = [
  { verdict: "unhandled-rejection", pattern: /^UnhandledPromiseRejection: .*/m },
  { verdict: "unhandled-exception", pattern: /^UncaughtException: .*/m },
] as const;

/** What a Jupyter server writes instead of output that comes too fast for it. */
const RATE_LIMIT = /^IOPub (?:message|data) rate exceeded\.$/m;

/** Looks for errors that nobody handled, in a cell's stderr or in the kernel's own log. */
export function judgeUnhandled(text: string, where: { cellIndex?: number } = {}): Failure[] {
  return UNHANDLED.flatMap(({ verdict, pattern }): Failure[] => {
    const [message] = pattern.exec(text) ?? [];
    if (message === undefined) return [];
    return [{ verdict, ...where, message: shortened(message, LONGEST_MESSAGE), detail: text }];
  });
}

/** An error that came after the cell had ended ok, as our own kernel tells what nobody handled. */
export function judgeLateError(cell: CodeCell, outputs: readonly Output[]): Failure[] {
  const error = outputs.find((output) => output.output_type === "error");
  if (error?.output_type !== "error") return [];
  const { ename, evalue, traceback } = error;
  const message = shortened(`${ename}: ${evalue}`, LONGEST_MESSAGE);
  const detail = withoutColours(traceback.join("\n"));
  return [{ verdict: "unhandled-exception", cellIndex: cell.index, message, detail }];
}

/** Judges the outputs of a cell: its text, and how it differs from the stored ones. */
export function judgeOutputs(
  cell: CodeCell,
  outputs: readonly Output[],
  difference: Difference | undefined,
): Failure[] {
  const cellIndex = cell.index;
  const stderr = outputs
    .flatMap((output) =>
      output.output_type === "stream" && output.name === "stderr" ? [output.text] : [],
    )
    .join("");
  const unhandled = judgeUnhandled(stderr, { cellIndex });
  if (unhandled.length > 0) return unhandled;
  if (RATE_LIMIT.test(stderr)) {
    const message =
      "The Jupyter server dropped output that came too fast. Print less at a time, or start the " +
      "server with --ServerApp.iopub_msg_rate_limit=1e9 --ServerApp.iopub_data_rate_limit=1e12.";
    return [{ verdict: "output-lost", cellIndex, message }];
  }
  if (difference === undefined) return [];
  const [picture] = difference.pictures;
  return [
    {
      verdict: "output-mismatch",
      cellIndex,
      message: `The outputs differ from the stored ones${picture ? `: ${picture.summary}` : ""}.`,
      detail: difference.text,
      ...(difference.pictures.length > 0 ? { pictures: difference.pictures } : {}),
    },
  ];
}

function errorText(outputs: readonly Output[], { name, value }: { name?: string; value?: string }) {
  const text = outputs
    .map((output) => {
      if (output.output_type === "error") {
        return output.traceback.join("\n") || `${output.ename}: ${output.evalue}`;
      }
      return output.output_type === "stream" && output.name === "stderr" ? output.text : "";
    })
    .join("");
  return withoutColours(text) || (name === undefined ? "" : `${name}: ${value ?? ""}`);
}

/** The line that names the error; Node shows file, line and caret before it. */
function firstLine(text: string): string {
  const bare = text.replace(/^\S+:\d+\n[^]*?\n\s*\^+\n\n/, "");
  const lines = bare.split("\n").filter((line) => line.trim() !== "");
  return (lines.find((line) => /^\w*(Error|Exception)\b.*:/.test(line)) ?? lines[0] ?? "").trim();
}
