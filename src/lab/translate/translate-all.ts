import { readdir, readFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { written, type NotebookJson } from "./notebook-json.js";
import { polishNotebook, withPolishLink } from "./polish-notebook.js";
import { readTranslation, stamped } from "./translation.js";

/** What Polish notebooks read beside them, by the same relative paths as the English ones. */
const BESIDE = ["pictures", "programs"];

export interface TranslateOptions {
  /** The project's folder. */
  readonly root: string;
  /** Names of notebooks, without ending, whose outdated translations have been looked through. */
  readonly accepted: readonly string[];
}

/** Which files of a project are not what they should be, and what they should be. */
export interface Translated {
  /** By absolute path; undefined: it should not be there. */
  readonly changes: ReadonlyMap<string, string | Buffer | undefined>;
  /** What only a translator can mend, a line each. */
  readonly problems: readonly string[];
}

/** Makes notebooks/pl of notebooks and translations/pl; writes nothing. */
export async function translateAll({ root, accepted }: TranslateOptions): Promise<Translated> {
  const english = join(root, "notebooks");
  const polish = join(english, "pl");
  const changes = new Map<string, string | Buffer | undefined>();
  const problems: string[] = [];
  const wanted = new Map<string, string | Buffer>();
  const stems = (await namesIn(english, ".ipynb")).map((name) => parse(name).name);
  for (const stem of stems) {
    const source = join(root, "translations", "pl", `${stem}.md`);
    const text = await readFile(source, "utf8").catch(() => undefined);
    if (text === undefined) {
      problems.push(`${stem}: there is no translations/pl/${stem}.md`);
      continue;
    }
    const file = join(english, `${stem}.ipynb`);
    const notebook = JSON.parse(await readFile(file, "utf8")) as NotebookJson;
    wanted.set(file, written(withPolishLink(notebook, stem)));
    const found = polishNotebook(notebook, readTranslation(text), stem);
    wanted.set(join(polish, `${stem}.ipynb`), written(found.notebook));
    const isAccepted = accepted.includes(stem);
    const fingerprints = new Map([...found.unstamped, ...(isAccepted ? found.stale : [])]);
    wanted.set(source, stamped(text, fingerprints));
    problems.push(...found.problems.map((problem) => `${stem}: ${problem}`));
    for (const id of isAccepted ? [] : found.stale.keys()) {
      problems.push(`${stem}: cell ${id} has changed in English since it was translated`);
    }
  }
  for (const folder of BESIDE) {
    for (const name of await namesIn(join(english, folder))) {
      wanted.set(join(polish, folder, name), await readFile(join(english, folder, name)));
    }
  }
  for (const [file, content] of wanted) {
    const there = await readFile(file).catch(() => undefined);
    if (!there?.equals(Buffer.from(content))) changes.set(file, content);
  }
  for (const name of await namesIn(polish, ".ipynb")) {
    if (!wanted.has(join(polish, name))) changes.set(join(polish, name), undefined);
  }
  const known = new Set(stems);
  for (const name of await namesIn(join(root, "translations", "pl"), ".md")) {
    // GLOSSARY.md is for translators.
    if (/^[A-Z]+\.md$/.test(name) || known.has(parse(name).name)) continue;
    problems.push(`translations/pl/${name}: there is no such notebook`);
  }
  return { changes, problems };
}

async function namesIn(folder: string, ending = ""): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).toSorted();
}
