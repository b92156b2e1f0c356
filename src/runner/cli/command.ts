import { availableParallelism } from "node:os";
import { join } from "node:path";
import { changedNotebooks } from "../read/changed.js";
import type { KernelOptions } from "../run/kernel/kernel.js";
import { LocalKernel } from "../run/kernel/local-kernel.js";
import { kernelFinder } from "../run/launch.js";
import { keepResults } from "../keep/keep-results.js";
import { readOrExplain, type Notebook } from "../read/notebook.js";
import type { Options } from "./options.js";
import { withParameters } from "../read/parameters.js";
import type { TerminalTarget } from "../report/terminal.js";
import { reporters } from "../report/reporters.js";
import { runAll, type Slot } from "../run/run-all.js";
import { selectFiles } from "../read/select-files.js";
import { Timings } from "../keep/timings.js";

/** Where the command runs: all that differs from one project to another. */
export interface CommandHost {
  /** The project, whose `.venv` may hold kernels and whose `.lab` gets timings and failures. */
  readonly root: string;
  /** What runs when no names are given, from `root`. */
  readonly standard: readonly string[];
  /** What names of notebooks are relative to, in turn. */
  readonly folders: readonly string[];
  /** Makes a name of a report's file an absolute path. */
  readonly pathOf: (name: string) => string;
  readonly env: NodeJS.ProcessEnv;
  readonly openSlot: () => Promise<Slot>;
  readonly terminal: TerminalTarget;
  readonly signal: AbortSignal;
}

/** The notebooks that the options name, whatever of them is to run. */
export async function namedNotebooks(options: Options, host: CommandHost): Promise<Notebook[]> {
  const files =
    options.names.length === 0
      ? await selectFiles(host.standard, [host.root])
      : await selectFiles(options.names, host.folders);
  return Promise.all(files.map(readOrExplain));
}

/**
 * Runs what the options ask for.
 *
 * @param notebooks default: those that the options name
 * @returns the exit status: 0 all passed, 1 one failed, 2 one is no notebook
 * @throws UsageError or UnknownKernelError for what the user has to mend
 */
export async function runCommand(
  options: Options,
  host: CommandHost,
  notebooks?: readonly Notebook[],
): Promise<number> {
  const named = notebooks ?? (await namedNotebooks(options, host));
  const chosen = await choose(named, options, host);
  const { startKernel, languageOf } = await kernelsFor(chosen, options, host);
  const ready = await Promise.all(
    chosen.map(async (notebook) =>
      notebook.cells.length === 0
        ? notebook
        : withParameters(notebook, options.parameters, await languageOf(notebook)),
    ),
  );
  const timings = await Timings.read(join(host.root, ".lab", "timings.json"), host.root);
  const outputDir = options.outputDir === undefined ? undefined : host.pathOf(options.outputDir);
  const failedDir = join(host.root, ".lab", "failed");
  const keep = keepResults({ outputDir, failedDir, root: host.root }, host.terminal.write);
  const results = await runAll(ready, {
    ...options,
    // As many kernels as cores can start at a time; the one beyond `jobs` waits for its turn.
    ahead: options.jobs <= availableParallelism() ? 1 : 0,
    startKernel,
    env: host.env,
    signal: host.signal,
    openSlot: host.openSlot,
    expectedTime: timings.of,
    onEvent: reporters(options.reports, host.terminal, host.pathOf, [keep]),
  });
  await timings.add(results).catch((error: Error) => {
    host.terminal.write(`The times are not kept: ${error.message}\n`);
  });
  const failed = results.filter(({ failures }) => failures.length > 0);
  if (failed.some(({ notebook }) => notebook.invalid !== undefined)) return 2;
  return failed.length > 0 ? 1 : 0;
}

async function choose(
  named: readonly Notebook[],
  { changed, shard }: Options,
  { terminal }: CommandHost,
): Promise<Notebook[]> {
  const differing = changed === undefined ? [...named] : await changedNotebooks(named, changed);
  const chosen = shard
    ? differing.filter((_, index) => index % shard.of === shard.part - 1)
    : differing;
  if (chosen.length < named.length) {
    terminal.write(`${chosen.length} of ${named.length} notebooks are to run.\n`);
  }
  return chosen;
}

/** Looks all kernels up before any notebook runs. */
async function kernelsFor(
  notebooks: readonly Notebook[],
  { kernel, server }: Options,
  { root }: CommandHost,
) {
  if (server !== undefined) {
    const { startServerKernel } = await import("../run/kernel/server-kernel.js");
    return {
      startKernel: (notebook: Notebook, options: KernelOptions) =>
        startServerKernel({ ...server, kernel: kernel ?? notebook.kernelName }, notebook, options),
      languageOf: async ({ language }: Notebook) => language,
    };
  }
  const find = kernelFinder(kernel, root);
  // One without code needs no kernel, whatever it names.
  await Promise.all(notebooks.filter(({ cells }) => cells.length > 0).map(find));
  return {
    startKernel: async (notebook: Notebook, options: KernelOptions) =>
      LocalKernel.start(await find(notebook), options),
    languageOf: async (notebook: Notebook) => (await find(notebook)).language ?? notebook.language,
  };
}
