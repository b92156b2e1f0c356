import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { UsageError } from "./errors.js";

export const HELP = `Runs notebooks headless and compares their outputs with the stored ones.

Usage: npm run notebooks -- [options] [files, folders or globs]     (default: notebooks/)

  --update                  write new outputs into the notebooks instead of failing on them
  --rerun N                 run all cells N times in one kernel; the outputs must stay equal
  --jobs N                  notebooks at a time (default: one more than cores)
  --kernel NAME             an installed Jupyter kernel (default: the bundled tslab)
  --redis-url URL           one Redis for all (default: REDIS_URL, or a private one for each job)
  --startup-timeout SECONDS for a kernel to be ready (default: 60)
  --cell-timeout SECONDS    for one cell (default: 30)
  --notebook-timeout SECONDS for all cells of a notebook (default: 300)
  --help

Exit status: 0 all passed, 1 a notebook failed, 2 wrong usage or input, 130 interrupted.

Examples:
  npm run notebooks
  npm run notebooks -- --rerun 3 notebooks/1.1-connection.ipynb
  npm run notebooks -- --jobs 4 "notebooks/2*.ipynb"
`;

export interface Options {
  readonly help: boolean;
  readonly update: boolean;
  readonly rounds: number;
  readonly jobs: number;
  /** Undefined: the bundled tslab. */
  readonly kernel: string | undefined;
  readonly redisUrl: string | undefined;
  readonly startupTimeoutSeconds: number;
  readonly cellTimeoutSeconds: number;
  readonly notebookTimeoutSeconds: number;
  readonly names: readonly string[];
}

/**
 * Reads the command line of the runner.
 *
 * @throws {UsageError} names the option that is wrong and what it takes
 */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const count = (name: "rerun" | "jobs", value: string | undefined, standard: number) => {
    if (value === undefined) return standard;
    const number = Number(value);
    if (!Number.isInteger(number) || number < 1 || number > 1000) {
      throw new UsageError(`--${name} takes a whole number from 1 to 1000, not "${value}".`);
    }
    return number;
  };
  const seconds = (name: string, value: string | undefined, standard: number) => {
    if (value === undefined) return standard;
    const number = Number(value);
    // Node's timers end at 2^31 milliseconds.
    if (value.trim() === "" || !(number > 0 && number <= 2_000_000)) {
      throw new UsageError(`--${name} takes a number of seconds above 0, not "${value}".`);
    }
    return number;
  };
  return {
    help: values.help ?? false,
    update: values.update ?? false,
    rounds: count("rerun", values.rerun, 1),
    jobs: count("jobs", values.jobs, defaultJobs()),
    kernel: values.kernel,
    redisUrl: values["redis-url"],
    startupTimeoutSeconds: seconds("startup-timeout", values["startup-timeout"], 60),
    cellTimeoutSeconds: seconds("cell-timeout", values["cell-timeout"], 30),
    notebookTimeoutSeconds: seconds("notebook-timeout", values["notebook-timeout"], 300),
    names: positionals,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean" },
        update: { type: "boolean" },
        rerun: { type: "string" },
        jobs: { type: "string" },
        kernel: { type: "string" },
        "redis-url": { type: "string" },
        "startup-timeout": { type: "string" },
        "cell-timeout": { type: "string" },
        "notebook-timeout": { type: "string" },
      },
    });
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`${message}\nnpm run notebooks -- --help lists the options.`, {
      cause: error,
    });
  }
}

/**
 * How many notebooks run at a time: starting a kernel keeps a core busy, and the notebook beyond
 * their number uses a core while others wait for Redis. Measured on two cores: 0.9 of the time.
 */
export function defaultJobs(): number {
  return availableParallelism() + 1;
}
