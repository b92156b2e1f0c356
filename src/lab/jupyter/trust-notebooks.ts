import { stat, utimes, writeFile } from "node:fs/promises";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { shippedNotebooks } from "./shipped-notebooks.js";
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
 * Signs the notebooks that the project ships for its JupyterLab, which shows stored charts (SVG) and runs
 * stored scripts only in notebooks that it trusts; what a user runs and saves there, JupyterLab signs
 * itself. Done again only for notebooks that have changed since. A failure is no reason not to open the
 * lab: a chart then shows once its cell was run.
 *
 * @returns the notebooks that are not the project's, and were not signed
 */
export async function trustNotebooks(options: TrustOptions): Promise<readonly string[]> {
  const { shipped, foreign } = await shippedNotebooks(options.root);
  // Such as a disk that is full.
  await sign(shipped, options).catch(() => {});
  return foreign;
}

async function sign(files: readonly string[], options: TrustOptions) {
  const marker = labFiles(labFolderOf(options.root)).trusted;
  const trustedAt = await modified(marker);
  const started = new Date();
  const changed: string[] = [];
  for (const file of files) if ((await modified(file)) > trustedAt) changed.push(file);
  if (!(await signNotebooks(changed, options))) return;
  await writeFile(marker, "");
  // A notebook that was changed meanwhile is newer.
  await utimes(marker, started, started);
}

/**
 * Signs notebooks for the JupyterLab whose folders `env` names.
 *
 * @returns whether all were signed
 */
export async function signNotebooks(
  files: readonly string[],
  { root, python, env, signal }: TrustOptions,
): Promise<boolean> {
  if (files.length === 0 || signal.aborted) return false;
  const signing = GuardedProcess.start(python, ["-m", "nbformat.sign", ...files], {
    cwd: root,
    env,
    stdio: "ignore",
  });
  const stop = () => void signing.stop();
  signal.addEventListener("abort", stop, { once: true });
  const { code } = await signing.exited;
  signal.removeEventListener("abort", stop);
  return code === 0;
}

async function modified(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}
