import type { ReportFiles } from "../cli/options.js";
import { githubReport } from "./github.js";
import type { HistoryOf } from "./html/page.js";
import { jsonlReport } from "./jsonl.js";
import { junitXml } from "./junit.js";
import { markdownSummary } from "./markdown.js";
import { terminalReport, type TerminalTarget } from "./terminal.js";
import { reportTo } from "./write-report.js";
import type { Reporter } from "../run/run-events.js";

/**
 * The reports that a run is to have, in one.
 *
 * @param pathOf makes a name that a user gave an absolute path
 * @param historyOf gives the runs with which times are compared
 */
export function reporters(
  files: ReportFiles,
  target: TerminalTarget,
  pathOf: (name: string) => string,
  more: readonly Reporter[],
  historyOf?: HistoryOf,
): Reporter {
  const { junit, jsonl, markdown, html, github } = files;
  const all: Reporter[] = [
    terminalReport(target),
    ...more,
    ...(github ? [githubReport(target.write)] : []),
    ...(jsonl === undefined ? [] : [jsonlReport(pathOf(jsonl))]),
    ...(junit === undefined
      ? []
      : [reportTo(pathOf(junit), ({ results, milliseconds }) => junitXml(results, milliseconds))]),
    ...(markdown === undefined
      ? []
      : [
          reportTo(pathOf(markdown), ({ results, milliseconds, left }) =>
            markdownSummary(results, milliseconds, left),
          ),
        ]),
    ...(html === undefined
      ? []
      : [
          reportTo(pathOf(html), async (end) => {
            // Loaded when asked for: it would double what the runner's own code takes.
            const { htmlReport } = await import("./html/page.js");
            return htmlReport(end, historyOf);
          }),
        ]),
  ];
  return async (event) => {
    await Promise.all(all.map(async (report) => report(event)));
  };
}
