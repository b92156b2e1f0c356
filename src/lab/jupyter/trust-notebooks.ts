import { readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { labFiles, labFolderOf } from "redis-lab-jobs/lab-folder";

export interface TrustOptions {
  /** The project's folder. */
  readonly root: string;
  /** The Python that has JupyterLab. */
  readonly python: string;
  /** With the folders of the lab's JupyterLab. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * Signs the project's notebooks for its JupyterLab, which shows stored charts (SVG) only in notebooks
 * that it trusts. Done again only for notebooks that have changed since. A failure is no reason not
 * to open the lab: a chart then shows once its cell was run.
 */
export async function trustNotebooks({ root, python, env, signal }: TrustOptions): Promise<void> {
  const folder = join(root, "notebooks");
  const marker = labFiles(labFolderOf(root)).trusted;
  const trustedAt = await modified(marker);
  const started = new Date();
  const changed: string[] = [];
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (name.endsWith(".ipynb") && (await modified(file)) > trustedAt) changed.push(file);
  }
  if (changed.length === 0 || signal.aborted) return;
  const signing = GuardedProcess.start(python, ["-m", "nbformat.sign", ...changed], {
    cwd: root,
    env,
    stdio: "ignore",
  });
  const stop = () => void signing.stop();
  signal.addEventListener("abort", stop, { once: true });
  const { code } = await signing.exited;
  signal.removeEventListener("abort", stop);
  if (code !== 0) return;
  await writeFile(marker, "");
  // A notebook that was changed meanwhile is newer.
  await utimes(marker, started, started);
}

async function modified(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}
