import type { RunResult } from "../run/run-events.js";
import { shortPath } from "../read/select-files.js";
import { harmless, harmlessLine } from "./harmless.js";
import { firstLines } from "./shortened.js";
import { VERDICTS } from "../judge/verdicts.js";
import { whereIs } from "./describe-failure.js";
import { seconds } from "./seconds.js";

/** What is shown of a diff or an error, in lines. */
const DETAIL_LINES = 60;
/** What is shown of a line, in characters. */
const LONGEST_LINE = 500;
/** GitHub refuses a summary of more than 1 MiB: beyond this, in characters, details are left out. */
const LONGEST = 500_000;

/** A summary in GitHub's Markdown: a table of notebooks, each failure unfolded below it. */
export function markdownSummary(
  results: readonly RunResult[],
  milliseconds: number,
  left: number,
): string {
  const failed = results.filter(({ failures }) => failures.length > 0);
  const rest = left > 0 ? `, ${left} not run` : "";
  const counts = `${results.length - failed.length} passed, ${failed.length} failed${rest}`;
  const rows = results.map((result) => {
    const verdicts = new Set(result.failures.map(({ verdict }) => VERDICTS[verdict].title));
    const mark = verdicts.size > 0 ? `❌ ${[...verdicts].join(", ")}` : "✅";
    const name = escapeCell(shortPath(result.notebook.file));
    return `| ${mark} | ${name} | ${result.cells.length} | ${seconds(result.milliseconds)} |`;
  });
  return [
    `## Notebooks: ${counts}`,
    "",
    `${seconds(milliseconds)} in all.`,
    "",
    "| | notebook | code cells | time |",
    "| --- | --- | ---: | ---: |",
    ...rows,
    "",
    ...failuresText(failed),
  ].join("\n");
}

function failuresText(failed: readonly RunResult[]): string[] {
  let length = 0;
  return failed.flatMap((result) =>
    result.failures.map((failure) => {
      const { detail: _detail, ...bare } = failure;
      const text = failureText(result, length > LONGEST ? bare : failure);
      length += text.length;
      return text;
    }),
  );
}

function failureText(result: RunResult, failure: RunResult["failures"][number]): string {
  const { verdict, message, detail } = failure;
  const name = `${shortPath(result.notebook.file)}${whereIs(result, failure)}`;
  const shown = harmless(firstLines(detail?.trimEnd() ?? "", DETAIL_LINES, LONGEST_LINE));
  const isDiff = verdict === "output-mismatch";
  // Longer than any fence within.
  const fence = "`".repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([t]) => t.length + 1)));
  return [
    `### ${escapeCell(name)}: ${VERDICTS[verdict].title}`,
    "",
    harmlessLine(message).replace(/([\\`*_<>#|[\]~])/g, "\\$1"),
    "",
    ...(detail ? [`${fence}${isDiff ? "diff" : "text"}`, shown, fence, ""] : []),
  ].join("\n");
}

function escapeCell(text: string): string {
  return harmlessLine(text).replace(/([\\`*_<>|[\]])/g, "\\$1");
}
