import { inPolish } from "redis-lab/language";
import { withLanguageLink, withoutLanguageLink } from "./language-link.js";
import {
  linesOf,
  textOf,
  type CellJson,
  type NotebookJson,
  type OutputJson,
} from "./notebook-json.js";
import { fingerprintOf, type TranslatedCell } from "./translation.js";

/** What a translator should look at. */
export interface Findings {
  /** Why the Polish notebook is not what it should be, a sentence each. */
  readonly problems: string[];
  /** Fingerprints of English cells, by id, whose translation bears none. */
  readonly unstamped: Map<string, string>;
  /** The same of cells whose translation was made of another text. */
  readonly stale: Map<string, string>;
}

/** The English notebook with a link to the Polish one. */
export function withPolishLink(english: NotebookJson, stem: string): NotebookJson {
  return withTitle(english, (title) => withLanguageLink(title, `[Po polsku](pl/${stem}.ipynb)`));
}

/**
 * The Polish notebook: code, outputs, metadata and ids of the English one, prose of the translation.
 * A cell without translation stays English. What an exercise says is translated as the lib does it.
 */
export function polishNotebook(
  english: NotebookJson,
  translation: readonly TranslatedCell[],
  stem: string,
): Findings & { readonly notebook: NotebookJson } {
  const findings = compare(english, translation);
  const polish = new Map(translation.map(({ id, text }) => [id, text]));
  const cells = english.cells.map((cell) => {
    if (cell.cell_type !== "markdown") return withPolishOutputs(cell);
    const text = polish.get(cell.id);
    return text ? { ...cell, source: linesOf(text) } : cell;
  });
  const notebook = withTitle({ ...english, cells }, (title) =>
    withLanguageLink(title, `[In English](../${stem}.ipynb)`),
  );
  return { ...findings, notebook };
}

function compare(english: NotebookJson, translation: readonly TranslatedCell[]): Findings {
  const prose = english.cells.filter(({ cell_type }) => cell_type === "markdown");
  const ids = prose.map(({ id }) => id);
  const problems: string[] = [];
  const unstamped = new Map<string, string>();
  const stale = new Map<string, string>();
  for (const { id, source } of prose) {
    const [found, ...more] = translation.filter((cell) => cell.id === id);
    if (!found?.text) problems.push(`cell ${id} is not translated`);
    if (more.length > 0) problems.push(`cell ${id} is translated twice`);
    if (!found) continue;
    const text = withoutLanguageLink(textOf(source));
    if (found.text && linksOf(text) !== linksOf(withoutLanguageLink(found.text))) {
      problems.push(`cell ${id} has other links than in English`);
    }
    const fingerprint = fingerprintOf(text);
    if (found.fingerprint === undefined) unstamped.set(id, fingerprint);
    else if (found.fingerprint !== fingerprint) stale.set(id, fingerprint);
  }
  for (const { id } of translation) {
    if (!ids.includes(id)) problems.push(`there is no Markdown cell ${id} in English`);
  }
  const order = translation.map(({ id }) => id).filter((id) => ids.includes(id));
  const inOrder = ids.filter((id) => order.includes(id));
  if (inOrder.join(" ") !== [...new Set(order)].join(" ")) {
    problems.push("the cells are in another order than in English");
  }
  return { problems, unstamped, stale };
}

/** Where a text leads to, but for its own headings, whose names are translated. */
function linksOf(text: string): string {
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, to = ""]) => to);
  return links.toSorted().join(" ");
}

function withTitle(notebook: NotebookJson, change: (title: string) => string): NotebookJson {
  const at = notebook.cells.findIndex(({ cell_type }) => cell_type === "markdown");
  const cells = notebook.cells.map((cell, index) =>
    index === at ? { ...cell, source: linesOf(change(textOf(cell.source))) } : cell,
  );
  return { ...notebook, cells };
}

function withPolishOutputs(cell: CellJson): CellJson {
  if (cell.outputs === undefined || !/\b(attempt|check)\(/.test(textOf(cell.source))) return cell;
  return { ...cell, outputs: cell.outputs.map(inPolishOutput) };
}

function inPolishOutput(output: OutputJson): OutputJson {
  if (output.text === undefined) return output;
  return { ...output, text: linesOf(inPolish(textOf(output.text))) };
}
