import type { CellResult } from "../../run/cell-result.js";
import type { RunResult } from "../../run/run-events.js";
import { shortPath } from "../../read/select-files.js";
import type { PastRun } from "../../keep/timings.js";
import type { Notebook } from "../../read/notebook.js";
import { VERDICTS, type Failure } from "../../judge/verdicts.js";
import { seconds } from "../seconds.js";
import { ansiToHtml } from "./ansi.js";
import { diffToHtml, picturesToHtml } from "./diff-html.js";
import { escapeHtml } from "./escape.js";
import { highlight } from "./highlight.js";
import { markdownToHtml } from "./markdown-cell.js";
import { trendToHtml } from "./trend.js";
import { outputsToHtml } from "./output-html.js";

interface StoredCell {
  readonly cell_type: string;
  readonly source?: string | readonly string[] | null;
}

/** One notebook as a section that unfolds: those that failed are open. */
export function notebookToHtml(
  result: RunResult,
  anchorOf: (file: string) => string | undefined,
  historyOf: (notebook: Notebook) => readonly PastRun[],
): string {
  const { notebook, failures, milliseconds } = result;
  const history = historyOf(notebook);
  const trend = trendToHtml("the notebook", [
    ...history.map((run) => run.milliseconds),
    milliseconds,
  ]);
  const failed = failures.length > 0;
  const verdicts = [...new Set(failures.map(({ verdict }) => VERDICTS[verdict].title))].join(", ");
  const whole = failures.filter(({ cellIndex }) => cellIndex === undefined);
  const log = failed && result.kernelLog.trim() !== "" ? kernelLog(result.kernelLog) : "";
  return `<details class="notebook ${failed ? "failed" : "passed"}" id="${anchorOf(notebook.file) ?? ""}"${failed ? " open" : ""}>
<summary><h2><span class="mark" aria-hidden="true"></span>${escapeHtml(shortPath(notebook.file))}</h2>
<span class="why">${failed ? escapeHtml(verdicts) : "passed"}</span>
<span class="facts">${result.cells.length} code cells · ${seconds(milliseconds)} ${trend}</span></summary>
${times(result)}
${whole.map(failureToHtml).join("")}${log}
${cellsToHtml(result, anchorOf, history)}
</details>`;
}

function cellsToHtml(
  result: RunResult,
  anchorOf: (file: string) => string | undefined,
  history: readonly PastRun[],
): string {
  const { cells: stored } = JSON.parse(result.notebook.text) as { cells: StoredCell[] };
  const toNotebook = (href: string) => {
    const [path = "", section] = href.split("#");
    // A link within a notebook leads to a heading that has no name here.
    if (path === "" || section !== undefined) return undefined;
    const base = `file://${encodeURI(result.notebook.file)}`;
    if (!URL.canParse(path, base)) return undefined;
    const anchor = anchorOf(new URL(path, base).pathname);
    return anchor && `#${anchor}`;
  };
  return stored
    .map(({ cell_type, source: written }, index) => {
      const source = written ?? "";
      const text = typeof source === "string" ? source : source.join("");
      const position = result.cells.findIndex(({ cell }) => cell.index === index);
      const cell = result.cells[position];
      if (cell) return codeCell(result, cell, position, history);
      if (text.trim() === "") return "";
      if (cell_type === "markdown") {
        return `<div class="prose">${markdownToHtml(text, toNotebook)}</div>`;
      }
      return `<div class="cell not-run"><pre class="source" tabindex="0">${escapeHtml(text)}</pre></div>`;
    })
    .join("\n");
}

function codeCell(
  result: RunResult,
  cell: CellResult,
  position: number,
  history: readonly PastRun[],
): string {
  // Runs of another number of cells were of another notebook.
  const before = history.filter((run) => run.cells.length === result.cells.length);
  const all = [...before.map((run) => run.cells[position] ?? 0), cell.milliseconds];
  const trend = trendToHtml("the cell", all);
  const failures = result.failures.filter(({ cellIndex }) => cellIndex === cell.cell.index);
  const { language } = result.notebook;
  const line = failures.find((failure) => failure.line !== undefined)?.line;
  const ran = cell.status === "passed" || cell.status === "failed";
  const state = ran ? seconds(cell.milliseconds) : cell.status.replace("-", " ");
  const tags = cell.cell.tags.map((tag) => `<span class="tag">${escapeHtml(tag)}</span>`).join("");
  const outputs = ran ? outputsToHtml(cell.outputs) : "";
  return `<div class="cell ${cell.status}">
<div class="label"><span>[${position + 1}]</span>${tags}<span class="time">${trend} ${state}</span></div>
<pre class="source" tabindex="0" aria-label="code cell ${position + 1}"><code>${numbered(highlight(cell.cell.source, language), line)}</code></pre>
${failures.map(failureToHtml).join("")}${outputs && `<div class="outputs">${outputs}</div>`}
</div>`;
}

/** A line that failed is marked; a token may span lines, so only its number is. */
function numbered(html: string, marked: number | undefined): string {
  if (marked === undefined) return html;
  return html
    .split("\n")
    .map((line, index) =>
      index + 1 === marked ? `<mark title="the error is here">▸</mark>${line}` : line,
    )
    .join("\n");
}

function failureToHtml({ verdict, message, detail, pictures, round }: Failure): string {
  const again = round !== undefined && round > 1 ? `, round ${round}` : "";
  const isDiff = verdict === "output-mismatch";
  // The text of an error stands among the outputs.
  const more = isDiff
    ? diffToHtml(detail ?? "")
    : detail && verdict !== "cell-error" && verdict !== "expected-error-missing"
      ? `<pre class="stderr" tabindex="0">${ansiToHtml(detail.slice(0, 20_000))}</pre>`
      : "";
  return `<div class="failure"><p><strong>${VERDICTS[verdict].title}${again}</strong> <code>${verdict}</code></p>
<p>${escapeHtml(message)}</p><p class="note">${escapeHtml(VERDICTS[verdict].meaning)}</p>${picturesToHtml(pictures ?? [])}${more}</div>`;
}

/** How the time went: the kernel's start, then each cell. */
function times({ startMilliseconds, cells }: RunResult): string {
  const parts = [
    { name: "start of the kernel", milliseconds: startMilliseconds, kind: "start" },
    ...cells.map(({ milliseconds, status }, index) => ({
      name: `code cell ${index + 1}`,
      milliseconds,
      kind: status,
    })),
  ];
  const total = parts.reduce((sum, { milliseconds }) => sum + milliseconds, 0) || 1;
  const bars = parts
    .filter(({ milliseconds }) => milliseconds / total >= 0.002)
    .map(
      ({ name, milliseconds, kind }) =>
        `<span class="${kind}" style="flex-grow:${((1000 * milliseconds) / total).toFixed(1)}" title="${name}: ${seconds(milliseconds)}"></span>`,
    );
  return `<div class="times" role="img" aria-label="start of the kernel ${seconds(startMilliseconds)}, all cells ${seconds(total - startMilliseconds)}">${bars.join("")}</div>`;
}

function kernelLog(log: string): string {
  return `<details class="log"><summary>The kernel's own log</summary><pre class="stderr" tabindex="0">${ansiToHtml(log.slice(-20_000))}</pre></details>`;
}
