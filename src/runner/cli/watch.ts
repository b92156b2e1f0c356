import { createHash } from "node:crypto";
import { watch, type FSWatcher } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { importsOfNotebook } from "../read/changed.js";
import { namedNotebooks, runCommand, type CommandHost } from "./command.js";
import { UsageError } from "../errors.js";
import type { Notebook } from "../read/notebook.js";
import { harmless } from "../report/harmless.js";
import type { Options } from "./options.js";

/** Editors write a file in several steps: what follows a change so soon belongs to it. */
const SETTLE_MS = 150;

/**
 * Runs all, and then again the notebooks that change or that import what changes, until the signal.
 *
 * @returns the exit status of the last run
 * @throws what the first run throws; an error of a later one is told, and it goes on
 */
export async function watchCommand(options: Options, host: CommandHost): Promise<number> {
  const { signal, terminal } = host;
  let notebooks = await namedNotebooks(options, host);
  let status = await runCommand(options, host, notebooks);
  let before = await contentsOf(notebooks);
  while (!signal.aborted) {
    terminal.write("\nWatching for changes; Ctrl-C ends.\n");
    await nextChange(before, signal);
    if (signal.aborted) break;
    try {
      notebooks = await namedNotebooks(options, host);
      const now = await contentsOf(notebooks);
      const changed = notebooks.filter((notebook) => isChanged(notebook, before, now));
      before = now;
      if (changed.length === 0) continue;
      status = await runCommand(options, host, changed);
      // What --update has just written is no change.
      before = await contentsOf(await namedNotebooks(options, host));
    } catch (error) {
      // Half a notebook, while it is being saved or edited by hand.
      if (!(error instanceof UsageError)) throw error;
      terminal.write(harmless(`${error.message}\n`));
    }
  }
  return status;
}

interface Contents {
  /** Hash of each file. */
  readonly files: ReadonlyMap<string, string>;
  /** What each notebook depends on, by its file. */
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>;
}

async function contentsOf(notebooks: readonly Notebook[]): Promise<Contents> {
  const dependencies = new Map<string, ReadonlySet<string>>();
  for (const notebook of notebooks) {
    dependencies.set(
      notebook.file,
      new Set([notebook.file, ...(await importsOfNotebook(notebook))]),
    );
  }
  const all = new Set([...dependencies.values()].flatMap((set) => [...set]));
  return { files: await hashesOf(all), dependencies };
}

async function hashesOf(files: Iterable<string>): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const file of files) {
    const content = await readFile(file).catch(() => "");
    hashes.set(file, createHash("sha256").update(content).digest("hex"));
  }
  return hashes;
}

function isChanged({ file }: Notebook, before: Contents, now: Contents): boolean {
  return [...(now.dependencies.get(file) ?? [])].some(
    (one) => before.files.get(one) !== now.files.get(one),
  );
}

/** Waits until something happens in the folders of the files, and then until it is over. */
async function nextChange({ files }: Contents, signal: AbortSignal): Promise<void> {
  const folders = new Set([...files.keys()].map((file) => dirname(file)));
  const watchers: FSWatcher[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      for (const folder of folders) {
        const watcher = watch(folder, () => resolve());
        watcher.on("error", () => resolve());
        watchers.push(watcher);
      }
      // What changed before they were set up would wait for the next change.
      hashesOf(files.keys()).then((now) => {
        if ([...now].some(([file, hash]) => files.get(file) !== hash)) resolve();
      }, reject);
    });
    await sleep(SETTLE_MS, undefined, { signal }).catch(() => {});
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}
