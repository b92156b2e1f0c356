import { textOf, type CellJson, type NotebookJson } from "../translate/notebook-json.js";

/** The notebooks of a heading of the index, in the order in which they are to be read. */
export interface Section {
  readonly title: string;
  readonly stems: readonly string[];
}

/** What the tables of the index name, by heading. */
export function sectionsOf(index: NotebookJson): Section[] {
  const prose = index.cells.filter(({ cell_type }) => cell_type === "markdown");
  const text = prose.map(({ source }) => textOf(source)).join("\n\n");
  return text.split(/^## /m).flatMap((part) => {
    const [title = ""] = part.split("\n", 1);
    const stems = [...part.matchAll(/^\| *\[[^\]]*\]\(([^)/]+)\.ipynb\)/gm)].map(
      ([, stem]) => stem,
    );
    return stems.length === 0 ? [] : [{ title, stems: stems.map(String) }];
  });
}

/** A cell that tells the generator the order of the pages. */
export function treeCell(sections: readonly Section[]): CellJson {
  const trees = sections.map(({ title, stems }) =>
    ["```{toctree}", ":hidden:", `:caption: ${title}`, "", ...stems, "```"].join("\n"),
  );
  return { cell_type: "markdown", id: "site-tree", metadata: {}, source: trees.join("\n\n") };
}
