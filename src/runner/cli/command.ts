import { availableParallelism } from "node:os";
import { join } from "node:path";
import { changedNotebooks } from "../read/changed.js";
import type { KernelOptions } from "../run/kernel/kernel.js";
import { LocalKernel } from "../run/kernel/local-kernel.js";
import { kernelFinder } from "../run/find-kernel.js";
import { keepResults, type KeepOptions } from "../keep/keep-results.js";
import { importsOnly } from "../read/imports-only.js";
import { readOrExplain, type Notebook } from "../read/notebook.js";
import type { Options } from "./options.js";
import { readParameterFile } from "../read/parameter-file.js";
import { withParameters, type Parameters } from "../read/parameters.js";
import { convertCommand } from "./convert.js";
import { exitStatus } from "./exit-status.js";
import { inspectCommand } from "./inspect.js";
import { prepareCommand } from "./prepare.js";
import type { TerminalTarget } from "../report/terminal.js";
import { harmless } from "../report/harmless.js";
import { reporters } from "../report/reporters.js";
import { runAll, type Slot } from "../run/run-all.js";
import { selectFiles } from "../read/select-files.js";
import { Timings } from "../keep/timings.js";

/** Where the command runs: all that differs from one project to another. */
export interface CommandHost {
  /** The project, whose `.venv` may hold kernels. */
  readonly root: string;
  /** Keeps times, and the notebooks that failed. */
  readonly folder: string;
  /** What runs when no names are given, from `root`. */
  readonly defaults: readonly string[];
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
  const { names, ignore } = options;
  const files =
    names.length === 0
      ? await selectFiles(host.defaults, [host.root], ignore)
      : await selectFiles(names, host.folders, ignore);
  return Promise.all(files.map(readOrExplain));
}

/**
 * Runs what the options ask for.
 *
 * @param notebooks default: those that the options name
 * @returns the exit status: see `exitStatus`
 * @throws UsageError or UnknownKernelError for what the user has to mend
 */
export async function runCommand(
  options: Options,
  host: CommandHost,
  notebooks?: readonly Notebook[],
): Promise<number> {
  const named = notebooks ?? (await namedNotebooks(options, host));
  const chosen = await choose(named, options, host);
  const { startKernel, languageOf } = await kernelsFor(options, host);
  if (options.inspect) return inspectCommand(chosen, languageOf, host.terminal);
  const outputDir = options.outputDir === undefined ? undefined : host.pathOf(options.outputDir);
  const { checkImports, convertTo } = options;
  if (convertTo !== undefined) return convertCommand(chosen, convertTo, outputDir, host.terminal);
  const ready = checkImports
    ? await Promise.all(chosen.map(async (one) => importsOnly(one, await languageOf(one))))
    : await prepared(chosen, languageOf, await parametersOf(options, host));
  const timings = await Timings.read(join(host.folder, "timings.json"), host.root);
  const failedDir = join(host.folder, "failed");
  const places: KeepOptions = { outputDir, failedDir, roots: [host.root, ...host.folders] };
  if (options.prepareOnly) return prepareCommand(ready, places, host.terminal);
  const keep = keepResults(places, (text) => host.terminal.write(harmless(text)));
  const coverage = await coverageOf(options, host);
  const results = await runAll(ready, {
    ...options,
    ...(coverage ? { onCoverage: (cell) => coverage.add(cell) } : {}),
    goOn: options.goOn || checkImports,
    // As many kernels as cores can start at a time; the one beyond `jobs` waits for its turn.
    ahead: options.jobs <= availableParallelism() ? 1 : 0,
    startKernel,
    closeness: { ignoreMime: options.ignoreMime, floatTolerance: options.floatTolerance },
    env: host.env,
    signal: host.signal,
    openSlot: host.openSlot,
    expectedTime: timings.of,
    onEvent: reporters(options.reports, host.terminal, host.pathOf, [keep], timings.historyOf),
  });
  await coverage?.write();
  await timings.add(results).catch((error: Error) => {
    host.terminal.write(harmless(`The times are not kept: ${error.message}\n`));
  });
  return exitStatus(results);
}

async function coverageOf({ coverageFolder }: Options, { pathOf, root }: CommandHost) {
  if (coverageFolder === undefined) return undefined;
  const { CoverageReport } = await import("../coverage/coverage-report.js");
  return new CoverageReport(pathOf(coverageFolder), root);
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

async function parametersOf(
  { parameters, parameterFiles }: Options,
  { pathOf }: CommandHost,
): Promise<Parameters> {
  const files = await Promise.all(parameterFiles.map((name) => readParameterFile(pathOf(name))));
  return new Map([...files, parameters].flatMap((all) => [...all]));
}

async function prepared(
  notebooks: readonly Notebook[],
  languageOf: (notebook: Notebook) => Promise<string>,
  parameters: Parameters,
): Promise<Notebook[]> {
  return Promise.all(
    notebooks.map(async (notebook) =>
      notebook.cells.length === 0 || parameters.size === 0
        ? notebook
        : withParameters(notebook, parameters, await languageOf(notebook)),
    ),
  );
}

/**
 * A kernel that is not there fails its notebook, not the run.
 *
 * @throws {UnknownKernelError} for one that the command line names
 */
async function kernelsFor({ kernel, server }: Options, { root }: CommandHost) {
  if (server !== undefined) {
    return {
      startKernel: async (notebook: Notebook, options: KernelOptions) => {
        const { startServerKernel } = await import("../run/kernel/server-kernel.js");
        const name = kernel ?? notebook.kernelName;
        return startServerKernel({ ...server, kernel: name }, notebook, options);
      },
      languageOf: async ({ language }: Notebook) => language,
    };
  }
  const find = kernelFinder(kernel, root);
  if (kernel !== undefined) await find({ kernelName: kernel, language: "" });
  return {
    startKernel: async (notebook: Notebook, options: KernelOptions) =>
      LocalKernel.start(await find(notebook), options),
    languageOf: (notebook: Notebook) =>
      find(notebook).then(
        ({ language }) => language ?? notebook.language,
        () => notebook.language,
      ),
  };
}
