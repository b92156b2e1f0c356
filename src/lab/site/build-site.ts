import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { OutputTail } from "guarded-processes/output-tail";
import { SiteError } from "../errors.js";
import { written, type NotebookJson } from "../translate/notebook-json.js";
import { sectionsOf, treeCell } from "./index-tree.js";
import { stageNotebook, type Language } from "./stage-notebook.js";

export interface SiteOptions {
  /** The project's folder. */
  readonly root: string;
  /** A Python that has what site/requirements.txt names. */
  readonly python: string;
  /** Where it works; what is there is removed. */
  readonly work: string;
  /** Where the site goes; what is there is replaced. */
  readonly out: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Where the notebooks of a language are, and where its pages go. */
const FOLDERS: Readonly<Record<Language, { readonly from: string; readonly to: string }>> = {
  en: { from: "notebooks", to: "." },
  pl: { from: join("notebooks", "pl"), to: "pl" },
};

/**
 * Makes static pages of all notebooks with their stored outputs, in both languages.
 *
 * @returns the number of pages
 * @throws {SiteError} with what Sphinx warns of
 */
export async function buildSite(options: SiteOptions): Promise<number> {
  const { root, work, out } = options;
  await rm(work, { recursive: true, force: true });
  await cp(join(root, "site", "locale"), join(work, "locale"), { recursive: true });
  const made = join(work, "html");
  let pages = 0;
  for (const language of ["en", "pl"] as const) {
    const source = join(work, language);
    pages += await stageFolder(join(root, FOLDERS[language].from), source);
    await runSphinx(options, language, source, join(made, FOLDERS[language].to));
  }
  // GitHub Pages would leave out what begins with an underscore.
  await writeFile(join(made, ".nojekyll"), "");
  await rm(out, { recursive: true, force: true });
  await rename(made, out);
  return pages;
}

async function stageFolder(from: string, to: string): Promise<number> {
  await mkdir(to, { recursive: true });
  const names = (await readdir(from)).filter((name) => name.endsWith(".ipynb"));
  for (const name of names) {
    const notebook = JSON.parse(await readFile(join(from, name), "utf8")) as NotebookJson;
    const staged = stageNotebook(notebook);
    const cells =
      name === "index.ipynb" ? [...staged.cells, treeCell(sectionsOf(notebook))] : staged.cells;
    await writeFile(join(to, name), written({ ...staged, cells }));
  }
  return names.length;
}

async function runSphinx(
  { root, python, work, env, signal }: SiteOptions,
  language: Language,
  source: string,
  out: string,
): Promise<void> {
  signal.throwIfAborted();
  const doctrees = join(work, `doctrees-${language}`);
  const args = ["-m", "sphinx", "-q", "-W", "--keep-going", "-d", doctrees];
  const sphinx = GuardedProcess.start(python, [...args, "-c", join(root, "site"), source, out], {
    cwd: work,
    // Nothing may depend on when or where it is built.
    env: {
      ...env,
      SITE_LANGUAGE: language,
      SITE_LOCALE: join(work, "locale"),
      SOURCE_DATE_EPOCH: "0",
      PYTHONHASHSEED: "0",
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  const output = new OutputTail(sphinx.child);
  const stop = () => void sphinx.stop();
  signal.addEventListener("abort", stop, { once: true });
  const { code } = await sphinx.exited;
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (code !== 0) throw new SiteError(language, await output.complete());
  await rm(join(out, ".buildinfo"), { force: true });
  // No other site refers to this one.
  await rm(join(out, "objects.inv"), { force: true });
}
