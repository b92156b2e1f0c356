import { readFile, readdir } from "node:fs/promises";
import { basename, delimiter, dirname, join } from "node:path";
import { UnknownKernelError } from "./errors.js";
import { homeFolder } from "./home-folder.js";

/** How a kernel is started: what its kernel.json says. */
export interface KernelSpec {
  readonly name: string;
  readonly displayName: string;
  readonly language: string;
  /** Program and arguments; `{connection_file}` and `{resource_dir}` stand for paths. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly interruptMode: "signal" | "message";
  /** The folder of kernel.json. */
  readonly folder: string;
}

/**
 * The folders that may hold a folder `kernels`, the first found winning.
 *
 * Source: Jupyter documentation, "Common directories and file locations", data files.
 *
 * @param root the project, whose `.venv` counts as an environment
 */
export function dataFolders(root: string, env: NodeJS.ProcessEnv = process.env): string[] {
  const home = homeFolder();
  const local = home && join(home, ".local", "share");
  const shared = process.platform === "win32" ? (env["APPDATA"] ?? home) : env["XDG_DATA_HOME"];
  const user =
    process.platform === "darwin"
      ? home && join(home, "Library", "Jupyter")
      : (shared ?? local) && join(shared ?? local ?? "", "jupyter");
  // An environment need not be activated: its programs may just be on PATH.
  const onPath = (env["PATH"]?.split(delimiter) ?? [])
    .filter((folder) => /^(?:bin|Scripts)$/.test(basename(folder)))
    .map((folder) => dirname(folder));
  const prefixes = [env["VIRTUAL_ENV"], env["CONDA_PREFIX"], join(root, ".venv"), ...onPath];
  return [
    ...(env["JUPYTER_PATH"]?.split(delimiter) ?? []),
    env["JUPYTER_DATA_DIR"] ?? user,
    ...prefixes.map((prefix) => prefix && join(prefix, "share", "jupyter")),
    "/usr/local/share/jupyter",
    "/usr/share/jupyter",
  ].filter((folder): folder is string => Boolean(folder));
}

/**
 * Finds a kernel by the name of its folder, in any case, as Jupyter does.
 *
 * @throws {UnknownKernelError} names the kernels that there are
 */
export async function findKernelSpec(
  name: string,
  folders: readonly string[],
): Promise<KernelSpec> {
  const specs = await listKernelSpecs(folders);
  const found = specs.find((spec) => spec.name === name.toLowerCase());
  if (found !== undefined) return found;
  throw new UnknownKernelError(name, specs.map((spec) => spec.name).toSorted());
}

/** All installed kernels; of those of one name the first, as Jupyter takes it. */
export async function listKernelSpecs(folders: readonly string[]): Promise<KernelSpec[]> {
  const specs = new Map<string, KernelSpec>();
  for (const folder of new Set(folders)) {
    const kernels = join(folder, "kernels");
    for (const entry of await readdir(kernels).catch(() => [])) {
      const name = entry.toLowerCase();
      if (specs.has(name)) continue;
      const spec = await readKernelSpec(join(kernels, entry), name);
      if (spec !== undefined) specs.set(name, spec);
    }
  }
  return [...specs.values()];
}

async function readKernelSpec(folder: string, name: string): Promise<KernelSpec | undefined> {
  let content: Record<string, unknown>;
  try {
    content = JSON.parse(await readFile(join(folder, "kernel.json"), "utf8")) as typeof content;
  } catch {
    // Not a kernelspec: Jupyter passes such folders over, too.
    return undefined;
  }
  if (!Array.isArray(content["argv"])) return undefined;
  return {
    name,
    displayName: text(content["display_name"]) ?? name,
    language: text(content["language"]) ?? "",
    argv: content["argv"].map(String),
    env: (content["env"] ?? {}) as Record<string, string>,
    interruptMode: content["interrupt_mode"] === "message" ? "message" : "signal",
    folder,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
