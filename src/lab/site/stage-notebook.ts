import { textOf, type CellJson, type NotebookJson } from "../translate/notebook-json.js";

export type Language = "en" | "pl";

type Bundle = Readonly<Record<string, string | readonly string[]>>;

/**
 * A notebook as the site's generator takes it: solutions are folded, charts are part of the page, with
 * their words for screen readers, and the link to the other language leads to a page.
 */
export function stageNotebook(notebook: NotebookJson): NotebookJson {
  return { ...notebook, cells: notebook.cells.map(stageCell) };
}

function stageCell(cell: CellJson): CellJson {
  if (cell.cell_type === "markdown")
    return { ...cell, source: withAnchors(withPageLinks(textOf(cell.source))) };
  const { jupyter, tags = [] } = cell.metadata;
  const hidden = jupyter?.source_hidden ? [...tags, "hide-input"] : tags;
  return {
    ...cell,
    metadata: { ...cell.metadata, tags: hidden },
    outputs: cell.outputs?.map((output) =>
      output.data === undefined ? output : { ...output, data: withoutSvgFiles(output.data) },
    ),
  };
}

/** A page of the other language belongs to another run of the generator, which this one cannot check. */
function withPageLinks(text: string): string {
  return text.replace(
    /\[([^\]\n]*)\]\(((?:pl|\.\.)\/[^)\s]+)\.ipynb\)/g,
    (_, words: string, page: string) => {
      const language: Language = page.startsWith("pl/") ? "pl" : "en";
      return `<a href="${page}.html" lang="${language}" hreflang="${language}">${words}</a>`;
    },
  );
}

/** JupyterLab calls a heading by its words as they are, MyST in small letters. */
function withAnchors(text: string): string {
  return text.replace(/\]\(([^)\s]*)#([^)\s]+)\)/g, (whole, page: string, heading: string) =>
    /^https?:/.test(page) ? whole : `](${page}#${heading.toLowerCase()})`,
  );
}

/** Stored as a file and shown as a picture, a chart would be without words. */
function withoutSvgFiles(data: Bundle): Bundle {
  const svg = data["image/svg+xml"];
  if (svg === undefined) return data;
  const { "image/svg+xml": _svg, ...rest } = data;
  return { ...rest, "text/html": `<figure class="chart" tabindex="0">${textOf(svg)}</figure>` };
}
