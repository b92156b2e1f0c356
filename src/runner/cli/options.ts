import { UsageError } from "../errors.js";
import { readParameters, type Parameters } from "../read/parameters.js";
import {
  count,
  defaultJobs,
  readServer,
  readShard,
  readTolerance,
  seconds,
} from "./option-values.js";
import { parseOptions, type OwnOption, type OwnValues } from "./parse-options.js";

export interface Options {
  readonly help: boolean;
  readonly update: boolean;
  /** Whether outputs are compared with the stored ones; not with parameters, unless asked for. */
  readonly compare: boolean;
  readonly failFast: boolean;
  /** Globs of notebooks that do not run. */
  readonly ignore: readonly string[];
  /** Whether cells may fail, so that all run. */
  readonly allowErrors: boolean;
  /** Whether cells after one that failed run all the same. */
  readonly goOn: boolean;
  /** Whether a notebook that ends its kernel with exit code 0 has failed. */
  readonly strictExit: boolean;
  /** Whether processes and handles may be left open. */
  readonly allowLeaks: boolean;
  /** Whether only the imports of the cells run, all of them. */
  readonly checkImports: boolean;
  /** Types of outputs that are not compared. */
  readonly ignoreMime: readonly string[];
  /** By how much two numbers with a fraction may differ, relative to the larger one. */
  readonly floatTolerance: number;
  readonly watch: boolean;
  readonly rounds: number;
  readonly jobs: number;
  /** Which part of the notebooks runs, from 1, of how many. */
  readonly shard: { readonly part: number; readonly of: number } | undefined;
  /** The git revision from which notebooks must differ to run. */
  readonly changed: string | undefined;
  /** Undefined: the notebook's own, or one for its language. */
  readonly kernel: string | undefined;
  readonly server: { readonly url: string; readonly token: string } | undefined;
  readonly parameters: Parameters;
  /** Files with parameters; what `parameters` says overrules them. */
  readonly parameterFiles: readonly string[];
  /** Whether notebooks with their parameters are only written to the `outputDir`. */
  readonly prepareOnly: boolean;
  /** Whether the parameters of the notebooks are listed, and nothing runs. */
  readonly inspect: boolean;
  /** The ending of the files into which the notebooks are converted; then nothing runs. */
  readonly convertTo: string | undefined;
  /** Values of the options that only this command has: see `OwnOption`. */
  readonly own: OwnValues;
  readonly startupTimeoutSeconds: number;
  readonly cellTimeoutSeconds: number;
  readonly notebookTimeoutSeconds: number;
  readonly reports: ReportFiles;
  /** The folder of the coverage of what cells import; undefined: it is not measured. */
  readonly coverageFolder: string | undefined;
  /** Where every executed notebook goes; undefined: only failed ones are kept. */
  readonly outputDir: string | undefined;
  readonly names: readonly string[];
}

/** For who imports it from here. */
export { defaultJobs } from "./option-values.js";

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
 * @param own options beside those of the runner
 * @throws {UsageError} names the option that is wrong and what it takes
 */
export function readOptions(args: readonly string[], own: readonly OwnOption[] = []): Options {
  const { values, positionals, ownValues } = parseOptions(args, own);
  const parameters = readParameters(values.parameter ?? []);
  const parameterFiles = values.parameters ?? [];
  const hasParameters = parameters.size + parameterFiles.length > 0;
  const update = values.update ?? false;
  if (update && hasParameters) {
    throw new UsageError(
      "--update and -p do not go together: outputs of other values are no stored outputs.",
    );
  }
  if (values["prepare-only"] && values["output-dir"] === undefined) {
    throw new UsageError("--prepare-only needs --output-dir, where the notebooks are written.");
  }
  if (values.coverage !== undefined && values.server !== undefined) {
    throw new UsageError(
      "--coverage and --server do not go together: kernels there write elsewhere.",
    );
  }
  if (values["check-imports"] && update) {
    throw new UsageError("--check-imports and --update do not go together: the cells do not run.");
  }
  return {
    help: values.help ?? false,
    update,
    compare: values.compare ?? !hasParameters,
    failFast: values["fail-fast"] ?? false,
    ignore: values.ignore ?? [],
    allowErrors: values["allow-errors"] ?? false,
    goOn: values["keep-going"] ?? false,
    strictExit: values["strict-exit"] ?? false,
    allowLeaks: values["allow-leaks"] ?? false,
    checkImports: values["check-imports"] ?? false,
    ignoreMime: values["ignore-mime"] ?? [],
    floatTolerance: readTolerance(values["float-tolerance"]),
    watch: values.watch ?? false,
    rounds: count("rerun", values.rerun, 1),
    jobs: count("jobs", values.jobs, defaultJobs()),
    shard: readShard(values.shard),
    changed: values.changed,
    kernel: values.kernel,
    server: readServer(values.server, values.token),
    parameters,
    parameterFiles,
    prepareOnly: values["prepare-only"] ?? false,
    inspect: values.inspect ?? false,
    convertTo: values.to?.replace(/^\./, ""),
    own: ownValues,
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
    coverageFolder: values.coverage,
    outputDir: values["output-dir"],
    names: positionals,
  };
}
