import { createHash } from "node:crypto";
import type { PastRun } from "../../keep/timings.js";
import type { Notebook } from "../../read/notebook.js";
import { shortPath } from "../../read/select-files.js";
import type { RunEvent, RunResult } from "../../run/run-events.js";
import { seconds } from "../seconds.js";
import { escapeHtml, withoutForbidden } from "./escape.js";
import { notebookToHtml } from "./notebook-html.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";

/** How many of the slowest cells are listed, and from what time on. */
const SLOWEST = 10;
const WORTH_NAMING_MS = 500;

/** The runs of a notebook before this one, the newest last. */
export type HistoryOf = (notebook: Notebook) => readonly PastRun[];

/**
 * One page, without any other file, of all notebooks of a run: what failed first and unfolded.
 *
 * @param historyOf gives the runs with which times are compared
 */
export function htmlReport(
  { results, milliseconds, left }: Extract<RunEvent, { type: "run-end" }>,
  historyOf: HistoryOf = () => [],
): string {
  const anchors = new Map(
    results.map(({ notebook }, index) => [notebook.file, `notebook-${index + 1}`]),
  );
  const anchorOf = (file: string) => anchors.get(file) ?? anchors.get(decoded(file));
  const ordered = results.toSorted(
    (a, b) => Number(b.failures.length > 0) - Number(a.failures.length > 0),
  );
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  const passed = results.length - failed;
  const title = failed > 0 ? `${failed} failed, ${passed} passed` : `${passed} passed`;
  const cells = results.reduce((sum, one) => sum + one.cells.length, 0);
  const facts = [
    `${results.length} notebooks`,
    `${cells} code cells`,
    seconds(milliseconds),
    ...(left > 0 ? [`${left} not run`] : []),
  ];
  // Only this page's own script runs: what a notebook brings along cannot.
  const hash = createHash("sha256").update(SCRIPT).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; script-src 'sha256-${hash}'`;
  return withoutForbidden(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Notebooks: ${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Notebooks</h1>
<p class="verdict ${failed > 0 ? "failed" : "passed"}">${title}</p>
<p class="facts">${facts.join(" · ")} · <time datetime="${new Date().toISOString()}">${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC</time></p>
<div class="tools" role="group" aria-label="Which notebooks are shown">
<button type="button" data-show="all" aria-pressed="true">All</button>
<button type="button" data-show="failed" aria-pressed="false"${failed === 0 ? " disabled" : ""}>Failed</button>
<button type="button" data-unfold>Unfold all</button>
</div>
${slowestCells(results, anchors)}</header>
<main>
${ordered.map((result) => notebookToHtml(result, anchorOf, historyOf)).join("\n")}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`);
}

function slowestCells(results: readonly RunResult[], anchors: ReadonlyMap<string, string>): string {
  const cells = results
    .flatMap(({ notebook, cells: all }) =>
      all.map((cell, index) => ({ notebook, number: index + 1, milliseconds: cell.milliseconds })),
    )
    .filter((cell) => cell.milliseconds >= WORTH_NAMING_MS)
    .toSorted((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, SLOWEST);
  if (cells.length === 0) return "";
  const items = cells.map(({ notebook, number, milliseconds }) => {
    const name = escapeHtml(`${shortPath(notebook.file)}, code cell ${number}`);
    return `<li><a href="#${anchors.get(notebook.file) ?? ""}">${name}</a> ${seconds(milliseconds)}</li>`;
  });
  return `<details class="slowest"><summary>Slowest cells</summary><ol>${items.join("")}</ol></details>\n`;
}

/** A path out of a link, which may hold percent signs that mean nothing. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
