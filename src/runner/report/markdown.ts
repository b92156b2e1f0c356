import type { RunResult } from "../run-events.js";
import { shortPath } from "../select-files.js";
import { VERDICTS } from "../verdicts.js";
import { whereIs } from "./describe-failure.js";
import { seconds } from "./seconds.js";

/** What is shown of a diff or an error, in lines. */
const DETAIL_LINES = 60;

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
    ...failed.flatMap((result) => result.failures.map((failure) => failureText(result, failure))),
  ].join("\n");
}

function failureText(result: RunResult, failure: RunResult["failures"][number]): string {
  const { verdict, message, detail } = failure;
  const name = `${shortPath(result.notebook.file)}${whereIs(result, failure)}`;
  const lines = detail?.trimEnd().split("\n") ?? [];
  const isDiff = verdict === "output-mismatch";
  // Longer than any fence within.
  const fence = "`".repeat(
    Math.max(3, ...[...(detail ?? "").matchAll(/`+/g)].map(([t]) => t.length + 1)),
  );
  const more =
    lines.length > DETAIL_LINES ? [`... and ${lines.length - DETAIL_LINES} lines more`] : [];
  const shown = [...lines.slice(0, DETAIL_LINES), ...more].join("\n");
  return [
    `### ${escapeCell(name)}: ${VERDICTS[verdict].title}`,
    "",
    message.replace(/([\\`*_<>#|[\]])/g, "\\$1"),
    "",
    ...(detail ? [`${fence}${isDiff ? "diff" : "text"}`, shown, fence, ""] : []),
  ].join("\n");
}

function escapeCell(text: string): string {
  return text.replace(/([\\`*_<>|])/g, "\\$1");
}
