import { parseArgs } from "node:util";
import { UsageError } from "../errors.js";

/** An option that a command has beside those of the runner; it takes a value. */
export interface OwnOption {
  readonly name: string;
  /** As `--help` has it, such as `URL`. */
  readonly value: string;
  readonly help: string;
}

/** By the option's name. */
export type OwnValues = Readonly<Record<string, string | undefined>>;

const OPTIONS = {
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
  ignore: { type: "string", multiple: true },
  "allow-errors": { type: "boolean" },
  "keep-going": { type: "boolean" },
  "strict-exit": { type: "boolean" },
  "allow-leaks": { type: "boolean" },
  "check-imports": { type: "boolean" },
  "ignore-mime": { type: "string", multiple: true },
  "float-tolerance": { type: "string" },
  parameters: { type: "string", multiple: true },
  "prepare-only": { type: "boolean" },
  inspect: { type: "boolean" },
  to: { type: "string" },
  server: { type: "string" },
  token: { type: "string" },
  parameter: { type: "string", short: "p", multiple: true },
  "startup-timeout": { type: "string" },
  "cell-timeout": { type: "string" },
  "notebook-timeout": { type: "string" },
  junit: { type: "string" },
  jsonl: { type: "string" },
  markdown: { type: "string" },
  html: { type: "string" },
  github: { type: "boolean" },
  coverage: { type: "string" },
  "output-dir": { type: "string" },
} as const;

/** @throws {UsageError} for an option that there is not, or a value that is missing */
export function parseOptions(args: readonly string[], own: readonly OwnOption[]) {
  const ownOptions = Object.fromEntries(own.map(({ name }) => [name, { type: "string" }]));
  try {
    const { values, positionals } = parseArgs({
      // A value of its own would be optional, which parseArgs does not know.
      args: args.map((arg) => (arg === "--changed" ? "--changed=HEAD" : arg)),
      allowPositionals: true,
      allowNegative: true,
      options: { ...(ownOptions as object), ...OPTIONS },
    });
    const all: Readonly<Record<string, unknown>> = values;
    const ownValues: OwnValues = Object.fromEntries(
      own.map(({ name }) => [name, all[name]?.toString()]),
    );
    return { values, positionals, ownValues };
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`${message}\n--help lists the options.`, { cause: error });
  }
}
