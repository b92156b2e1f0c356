import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { UsageError } from "../errors.js";
import { readParameters, type Parameters } from "../read/parameters.js";

export interface Options {
  readonly help: boolean;
  readonly update: boolean;
  /** Whether outputs are compared with the stored ones; not with parameters, unless asked for. */
  readonly compare: boolean;
  readonly failFast: boolean;
  readonly watch: boolean;
  readonly rounds: number;
  readonly jobs: number;
  /** Which part of the notebooks runs, from 1, of how many. */
  readonly shard: { readonly part: number; readonly of: number } | undefined;
  /** The git revision from which notebooks must differ to run. */
  readonly changed: string | undefined;
  /** Undefined: the notebook's own, else the bundled tslab. */
  readonly kernel: string | undefined;
  readonly server: { readonly url: string; readonly token: string } | undefined;
  readonly parameters: Parameters;
  readonly redisUrl: string | undefined;
  readonly startupTimeoutSeconds: number;
  readonly cellTimeoutSeconds: number;
  readonly notebookTimeoutSeconds: number;
  readonly reports: ReportFiles;
  /** Where every executed notebook goes; undefined: only failed ones are kept, in `.lab/failed`. */
  readonly outputDir: string | undefined;
  readonly names: readonly string[];
}

export interface ReportFiles {
  readonly junit: string | undefined;
  readonly jsonl: string | undefined;
  readonly markdown: string | undefined;
  readonly html: string | undefined;
  readonly github: boolean;
}

/**
 * Reads the command line of the runner.
 *
 * @throws {UsageError} names the option that is wrong and what it takes
 */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const parameters = readParameters(values.parameter ?? []);
  const hasParameters = Object.keys(parameters).length > 0;
  const update = values.update ?? false;
  if (update && hasParameters) {
    throw new UsageError(
      "--update and -p do not go together: outputs of other values are no stored outputs.",
    );
  }
  return {
    help: values.help ?? false,
    update,
    compare: values.compare ?? !hasParameters,
    failFast: values["fail-fast"] ?? false,
    watch: values.watch ?? false,
    rounds: count("rerun", values.rerun, 1),
    jobs: count("jobs", values.jobs, defaultJobs()),
    shard: readShard(values.shard),
    changed: values.changed,
    kernel: values.kernel,
    server: readServer(values.server, values.token),
    parameters,
    redisUrl: values["redis-url"],
    startupTimeoutSeconds: seconds("startup-timeout", values["startup-timeout"], 60),
    cellTimeoutSeconds: seconds("cell-timeout", values["cell-timeout"], 30),
    notebookTimeoutSeconds: seconds("notebook-timeout", values["notebook-timeout"], 300),
    reports: {
      junit: values.junit,
      jsonl: values.jsonl,
      markdown: values.markdown,
      html: values.html,
      github: values.github ?? process.env["GITHUB_ACTIONS"] === "true",
    },
    outputDir: values["output-dir"],
    names: positionals,
  };
}

function count(name: string, value: string | undefined, standard: number): number {
  if (value === undefined) return standard;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 1000) {
    throw new UsageError(`--${name} takes a whole number from 1 to 1000, not "${value}".`);
  }
  return number;
}

function seconds(name: string, value: string | undefined, standard: number): number {
  if (value === undefined) return standard;
  const number = Number(value);
  // Node's timers end at 2^31 milliseconds; a slow cell has ten times the limit.
  if (value.trim() === "" || !(number > 0 && number <= 200_000)) {
    throw new UsageError(`--${name} takes a number of seconds above 0, not "${value}".`);
  }
  return number;
}

function readShard(value: string | undefined): Options["shard"] {
  if (value === undefined) return undefined;
  const [, part = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(value) ?? []).map(Number);
  if (part < 1 || part > of) {
    throw new UsageError(`--shard takes a part and how many there are, as 2/5, not "${value}".`);
  }
  return { part, of };
}

function readServer(url: string | undefined, token: string | undefined): Options["server"] {
  if (url === undefined) return undefined;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(
      `--server takes the URL of a Jupyter server, as http://127.0.0.1:8888, not "${url}".`,
    );
  }
  const parsed = new URL(url);
  const found = token ?? parsed.searchParams.get("token") ?? process.env["JUPYTER_TOKEN"] ?? "";
  // What people copy is the address of a page of the server.
  const base = parsed.pathname.replace(/\/(?:lab|tree|notebooks)(?:\/.*)?$/, "/");
  return { url: new URL(base, parsed).href, token: found };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      // A value of its own would be optional, which parseArgs does not know.
      args: args.map((arg) => (arg === "--changed" ? "--changed=HEAD" : arg)),
      allowPositionals: true,
      allowNegative: true,
      options: {
        help: { type: "boolean", short: "h" },
        update: { type: "boolean" },
        compare: { type: "boolean" },
        "fail-fast": { type: "boolean" },
        watch: { type: "boolean" },
        rerun: { type: "string" },
        jobs: { type: "string" },
        shard: { type: "string" },
        changed: { type: "string" },
        kernel: { type: "string" },
        server: { type: "string" },
        token: { type: "string" },
        parameter: { type: "string", short: "p", multiple: true },
        "redis-url": { type: "string" },
        "startup-timeout": { type: "string" },
        "cell-timeout": { type: "string" },
        "notebook-timeout": { type: "string" },
        junit: { type: "string" },
        jsonl: { type: "string" },
        markdown: { type: "string" },
        html: { type: "string" },
        github: { type: "boolean" },
        "output-dir": { type: "string" },
      },
    });
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`${message}\n--help lists the options.`, { cause: error });
  }
}

/**
 * How many notebooks run at a time: starting a kernel keeps a core busy, and the notebook beyond
 * their number uses a core while others wait for Redis. Measured on two cores: 0.9 of the time.
 */
export function defaultJobs(): number {
  return availableParallelism() + 1;
}
