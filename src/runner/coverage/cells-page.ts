import { escapeHtml } from "../report/html/escape.js";

/** The lines that a cell has run. */
export interface CellLines {
  readonly notebook: string;
  /** Which code cell, from 1. */
  readonly cell: number;
  readonly source: string;
  readonly files: readonly { readonly file: string; readonly lines: Record<string, number> }[];
}

/** A page that tells for each cell which lines of which files it has run. */
export function cellsPage(cells: readonly CellLines[]): string {
  const rows = cells.flatMap(({ notebook, cell, source, files }) => {
    const [first = ""] = source.trim().split("\n");
    return files.flatMap(({ file, lines }) => {
      const ran = Object.keys(lines).filter((line) => (lines[line] ?? 0) > 0);
      if (ran.length === 0) return [];
      const columns = [notebook, String(cell), first, file, rangesOf(ran.map(Number))];
      return [`<tr>${columns.map((text) => `<td>${escapeHtml(text)}</td>`).join("")}</tr>`];
    });
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Coverage by cell</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; margin: 2em; }
td, th { border-bottom: 1px solid #ccc; padding: 0.2em 1em 0.2em 0; text-align: left; }
td:nth-child(3), td:nth-child(5) { font-family: monospace; }
</style>
<h1>Coverage by cell</h1>
<p><a href="index.html">All cells together, with the source</a></p>
<table>
<tr><th>Notebook<th>Code cell<th>Its first line<th>File<th>Lines that it ran</tr>
${rows.join("\n")}
</table>
</html>
`;
}

/** As `1-3, 7`. */
function rangesOf(lines: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === line - 1) last.to = line;
    else ranges.push({ from: line, to: line });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}
