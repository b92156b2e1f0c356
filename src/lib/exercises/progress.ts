import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { labFiles, labFolder } from "redis-lab-jobs/lab-folder";
import { table } from "../table.js";
import { sections } from "../tasks/sections.js";

const nameOf = (id: string) => id.replace("/", "_");

/**
 * Remembers, in the lab's own folder, that a learner has solved an exercise. Only JupyterLab's kernels do:
 * tests and graders solve nothing for anybody.
 */
export async function rememberSolved(id: string): Promise<void> {
  if (!process.env["JPY_SESSION_NAME"]) return;
  const { solved } = labFiles(labFolder());
  // What cannot be remembered is solved all the same.
  await mkdir(solved, { recursive: true }).catch(() => {});
  await writeFile(join(solved, nameOf(id)), "").catch(() => {});
}

/** Shows how many exercises of each section have been solved in this lab, by `attempt`. */
export async function progress(): Promise<void> {
  const { solved } = labFiles(labFolder());
  const done = new Set(existsSync(solved) ? await readdir(solved) : []);
  const counts = new Map<string, { all: number; solved: number }>();
  for (const [section, load] of Object.entries(sections)) {
    const chapter = /^\d+/.exec(section)?.[0] ?? section;
    const { tasks } = await load();
    const count = counts.get(chapter) ?? { all: 0, solved: 0 };
    for (const number of Object.keys(tasks)) {
      count.all++;
      if (done.has(nameOf(`${section}/${number}`))) count.solved++;
    }
    counts.set(chapter, count);
  }
  // Signs instead of words: they are the same in every language.
  const inOrder = [...counts].toSorted(([a], [b]) => Number(a) - Number(b));
  table(inOrder.map(([chapter, it]) => ({ "§": chapter, "✔": `${it.solved}/${it.all}` })));
}
