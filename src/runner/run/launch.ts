import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { UnknownKernelError } from "jupyter-wire/errors";
import { dataFolders, findKernelSpec } from "jupyter-wire/kernelspec";

/** How a kernel process is started and interrupted. */
export interface KernelLaunch {
  readonly name: string;
  /** Program and arguments for a connection file. */
  readonly argv: (connectionFile: string) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly interruptMode: "signal" | "message";
  /** Set for a kernel that is known to take unix sockets: see `socketAddress`. */
  readonly ipcSeparator?: string;
  /** The variable that tells it a folder for its files: one of its own would outlive a kill. */
  readonly folderVariable?: string;
  /** In lower case, as its kernelspec tells. */
  readonly language?: string;
}

/** The tslab of this project's node_modules, run by the Node that runs this. */
export function bundledTslab(): KernelLaunch {
  const find = createRequire(import.meta.url).resolve;
  const preload = ["--require", find("notebook-runner/watch-tslab")];
  const program = [...preload, find("tslab/bin/tslab"), "kernel", "--config-path"];
  return {
    name: "tslab (bundled)",
    argv: (file) => [process.execPath, ...program, file],
    env: {},
    interruptMode: "signal",
    ipcSeparator: ":",
    language: "typescript",
  };
}

/**
 * This project's own kernel, run by the Node that runs this.
 *
 * @param options of the kernel
 * @throws {UnknownKernelError} where it is not built, as in the package of the runner alone
 */
export function bundledTypescript(options: readonly string[] = []): KernelLaunch {
  const program = ownKernel();
  if (program === undefined) throw new UnknownKernelError("typescript", ["tslab"]);
  return {
    name: "typescript (bundled)",
    // What a runner runs is nothing that anyone has typed.
    argv: (file) => [process.execPath, program, file, "--history=off", ...options],
    env: {},
    interruptMode: "message",
    ipcSeparator: "-",
    folderVariable: "TYPESCRIPT_KERNEL_FOLDER",
    language: "typescript",
  };
}

/**
 * The kernel of an installed kernelspec.
 *
 * @param root the project, whose `.venv` is looked at, too
 * @throws {UnknownKernelError} when there is none of that name
 */
export async function installedKernel(name: string, root: string): Promise<KernelLaunch> {
  const spec = await findKernelSpec(name, dataFolders(root));
  const [program = "", ...args] = spec.argv;
  const isIpython = args.some((argument) => /^ipykernel(?:_launcher)?$/.test(argument));
  const argv = [
    await ownPython(program, spec.folder),
    ...args,
    // What notebooks run is nothing that their user has typed.
    ...(isIpython ? ["--HistoryManager.hist_file=:memory:"] : []),
  ];
  return {
    name: spec.name,
    argv: (file) =>
      argv.map((argument) =>
        argument.replace("{connection_file}", file).replace("{resource_dir}", spec.folder),
      ),
    env: spec.env,
    interruptMode: spec.interruptMode,
    // Known to take unix sockets, and to warn of others.
    ...(isIpython ? { ipcSeparator: "-" } : {}),
    language: spec.language.toLowerCase(),
  };
}

/** "python" means the one of the environment that holds the kernelspec, as in Jupyter. */
async function ownPython(program: string, folder: string): Promise<string> {
  if (!/^python[\d.]*$/.test(program)) return program;
  const own = resolve(folder, "../../../..", process.platform === "win32" ? "python.exe" : "bin");
  const path = process.platform === "win32" ? own : join(own, program);
  return access(path).then(
    () => path,
    () => program,
  );
}

/**
 * The kernel of a name: one that comes with this runner, which tells of lost output, or an installed one.
 *
 * @param root see `installedKernel`
 * @throws {UnknownKernelError} when there is none of that name
 */
export async function namedKernel(name: string, root: string): Promise<KernelLaunch> {
  if (isBundled(name)) return name === "tslab" ? bundledTslab() : bundledTypescript();
  return installedKernel(name, root);
}

/** Whether a kernel needs no installation. */
export function isBundled(name: string): boolean {
  return (name === "tslab" && hasTslab()) || (name === "typescript" && ownKernel() !== undefined);
}

/** The program of our kernel, where its package is installed. */
function ownKernel(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve("typescript-kernel/runtime");
  } catch {
    return undefined;
  }
}

function hasTslab(): boolean {
  try {
    createRequire(import.meta.url).resolve("tslab/bin/tslab");
    return true;
  } catch {
    return false;
  }
}
