import { mkdir, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { InstallError } from "../errors.js";
import type { CheckMode } from "../link.js";
import { userDataFolder } from "./data-folder.js";
import { kernelSpec, LANGUAGES, LOGOS } from "./kernel-spec.js";

export const HELP = `Usage: install [--user | --sys-prefix | --prefix DIR] [--check error|warn|off]

Makes the kernel known to Jupyter, as "TypeScript (Node.js)" and "JavaScript (Node.js)".

  --user           for this user (the default)
  --sys-prefix     for the active Python environment: VIRTUAL_ENV or CONDA_PREFIX
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
  const folders: string[] = [];
  for (const language of LANGUAGES) {
    const folder = join(dataFolder(options), "kernels", language);
    await mkdir(folder, { recursive: true });
    await write(join(folder, "logo-svg.svg"), LOGOS[language]);
    const spec = JSON.stringify(kernelSpec(language, check), undefined, 2);
    await write(join(folder, "kernel.json"), `${spec}\n`);
    folders.push(folder);
  }
  return folders;
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
    const prefix = env["VIRTUAL_ENV"] || env["CONDA_PREFIX"];
    if (!prefix) {
      throw new InstallError(
        "No Python environment is active (VIRTUAL_ENV and CONDA_PREFIX are not set): activate one, " +
          "or give its folder with --prefix.",
      );
    }
    return join(prefix, "share", "jupyter");
  }
  return userDataFolder(env);
}

/** Never half a file: Jupyter may be reading it. */
async function write(file: string, content: string): Promise<void> {
  const half = `${file}.${process.pid}`;
  await writeFile(half, content);
  await rename(half, file);
}
