import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { InstallError } from "../errors.js";
import type { CheckMode } from "../settings.js";
import { userDataFolder } from "./data-folder.js";
import { writeKernelSpecs } from "./write-kernel-specs.js";

export const HELP = `Usage: install [--user | --sys-prefix | --prefix DIR] [--check error|warn|off]

Makes the kernel known to Jupyter, as "TypeScript (Node.js)" and "JavaScript (Node.js)".

  --user           for this user (the default)
  --sys-prefix     for the active Python environment: VIRTUAL_ENV or CONDA_PREFIX, or on Binder
                   NB_PYTHON_PREFIX; else that of the python3 on PATH
  --prefix DIR     into DIR/share/jupyter
  --check MODE     what a type error does: stop the cell (error, the default), only warn, or
                   nothing (off). A cell can say // @check warn, too.
`;

/**
 * Writes the kernelspecs, in place of those that are there already.
 *
 * @returns their folders; undefined when only the help was asked for
 * @throws {InstallError} for options that cannot be
 */
export async function install(args: readonly string[]): Promise<string[] | undefined> {
  const options = readOptions(args);
  if (options.help) return undefined;
  const check = checkMode(options.check);
  return writeKernelSpecs(dataFolder(options), { check });
}

interface Options {
  readonly user?: boolean | undefined;
  readonly "sys-prefix"?: boolean | undefined;
  readonly prefix?: string | undefined;
  readonly check?: string | undefined;
  readonly help?: boolean | undefined;
}

function readOptions(args: readonly string[]): Options {
  let values: Options;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        user: { type: "boolean" },
        "sys-prefix": { type: "boolean" },
        prefix: { type: "string" },
        check: { type: "string" },
        help: { type: "boolean" },
      },
    }));
  } catch (error) {
    throw new InstallError(`${(error as Error).message}\n\n${HELP}`, { cause: error });
  }
  const places = [values.user, values["sys-prefix"], values.prefix].filter(Boolean);
  if (places.length > 1) {
    throw new InstallError("Give one of --user, --sys-prefix and --prefix, not several.");
  }
  return values;
}

function checkMode(mode = "error"): CheckMode {
  if (mode === "error" || mode === "warn" || mode === "off") return mode;
  throw new InstallError(`--check takes error, warn or off, not ${mode}.`);
}

function dataFolder(options: Options, env: NodeJS.ProcessEnv = process.env): string {
  if (options.prefix !== undefined) return join(resolve(options.prefix), "share", "jupyter");
  if (options["sys-prefix"] === true) {
    return join(sysPrefix(env), "share", "jupyter");
  }
  return userDataFolder(env);
}

/** repo2docker, which builds for Binder, names its environment in NB_PYTHON_PREFIX and activates none. */
function sysPrefix(env: NodeJS.ProcessEnv): string {
  const named = env["VIRTUAL_ENV"] || env["CONDA_PREFIX"] || env["NB_PYTHON_PREFIX"];
  if (named) return named;
  const python = spawnSync("python3", ["-c", "import sys; print(sys.prefix)"], {
    env,
    encoding: "utf8",
    timeout: 10_000,
  });
  if (python.status === 0) return python.stdout.trim();
  throw new InstallError(
    "No Python environment was found (VIRTUAL_ENV, CONDA_PREFIX and NB_PYTHON_PREFIX are not set, and " +
      "there is no python3 on PATH): activate one, or give its folder with --prefix.",
  );
}
