import { relative, resolve } from "node:path";
import { runCommand, type CommandHost } from "./command.js";
import { helpFor } from "./help.js";
import { readOptions, type Options } from "./options.js";
import type { OwnOption, OwnValues } from "./parse-options.js";
import { harmless } from "../report/harmless.js";
import { reportRunError } from "../report/run-error.js";
import { watchCommand } from "./watch.js";
import { runMain } from "guarded-processes/run-main";

/** How long the run may take to end after a signal. */
const LONGEST_END_MS = 15_000;

export interface Cli {
  /** What users type before the options. */
  readonly command: string;
  /** See `CommandHost`. */
  readonly root: string;
  readonly folder: string;
  readonly defaults: readonly string[];
  /** Where the user called a script of npm's, which has changed into `root`; names are meant from there. */
  readonly calledFrom?: string | undefined;
  /** What it takes beside the runner's options. */
  readonly options?: readonly OwnOption[];
  /** What gives notebooks what they need: see `CommandHost`. */
  readonly openSlot: (own: OwnValues, signal: AbortSignal) => CommandHost["openSlot"];
}

/** Reads the command line, runs it and sets the exit status. */
export async function runCli(cli: Cli): Promise<void> {
  // @jupyterlab/services tells its doings there, and Node prints them among the reports.
  console.debug = () => {};
  const program = { packageFile: "notebook-runner/package.json", from: import.meta.url };
  await runMain(program, async ({ signal, status }) => {
    // Whatever hangs: a signal ends the run, and the guards end what it has started.
    signal.addEventListener("abort", () =>
      setTimeout(() => process.exit(status()), LONGEST_END_MS).unref(),
    );
    const args = process.argv.slice(2);
    try {
      return await main(cli, readOptions(args, cli.options), signal);
    } catch (error) {
      if (!signal.aborted) await reportRunError(args, error, (name) => pathOf(cli, name));
      if (error instanceof Error) error.message = harmless(error.message);
      throw error;
    }
  });
}

function pathOf({ root, calledFrom }: Cli, name: string): string {
  const cwd = process.cwd();
  return resolve(cwd === root ? (calledFrom ?? cwd) : cwd, name);
}

async function main(cli: Cli, options: Options, signal: AbortSignal): Promise<number> {
  if (options.help) {
    const folderName = relative(cli.root, cli.folder);
    process.stdout.write(helpFor({ options: [], ...cli, folderName }));
    return 0;
  }
  const { calledFrom } = cli;
  const cwd = process.cwd();
  const host: CommandHost = {
    root: cli.root,
    folder: cli.folder,
    defaults: cli.defaults,
    folders: calledFrom === undefined ? [cwd] : [cwd, calledFrom],
    pathOf: (name) => pathOf(cli, name),
    env: process.env,
    signal,
    terminal: {
      write: (text) => process.stdout.write(text),
      isTerminal: process.stdout.isTTY && process.env["CI"] === undefined,
      columns: process.stdout.columns ?? 80,
    },
    openSlot: cli.openSlot(options.own, signal),
  };
  return options.watch ? watchCommand(options, host) : runCommand(options, host);
}
