import { createRequire } from "node:module";
import { findKernelSpec, dataFolders } from "../jupyter/kernelspec.js";

/** How a kernel process is started and interrupted. */
export interface KernelLaunch {
  readonly name: string;
  /** Program and arguments for a connection file. */
  readonly argv: (connectionFile: string) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly interruptMode: "signal" | "message";
  /** Set for a kernel that is known to take unix sockets: see `socketAddress`. */
  readonly ipcSeparator?: string;
}

/** The tslab of this project's node_modules, run by the Node that runs this. */
export function bundledTslab(): KernelLaunch {
  const { resolve } = createRequire(import.meta.url);
  const preload = ["--require", resolve("./watch-tslab.cjs")];
  const program = [...preload, resolve("tslab/bin/tslab"), "kernel", "--config-path"];
  return {
    name: "tslab (bundled)",
    argv: (file) => [process.execPath, ...program, file],
    env: {},
    interruptMode: "signal",
    ipcSeparator: ":",
  };
}

/** This project's own kernel, run by the Node that runs this. */
export function bundledTypescript(): KernelLaunch {
  const { resolve } = createRequire(import.meta.url);
  const program = resolve("../../kernel/main/main.js");
  return {
    name: "typescript (bundled)",
    argv: (file) => [process.execPath, program, file],
    env: {},
    interruptMode: "message",
    ipcSeparator: "-",
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
  return {
    name: spec.name,
    argv: (file) =>
      spec.argv.map((argument) =>
        argument.replace("{connection_file}", file).replace("{resource_dir}", spec.folder),
      ),
    env: spec.env,
    interruptMode: spec.interruptMode,
  };
}
