import { dataFolders, listKernelSpecs } from "jupyter-wire/kernelspec";
import { NoKernelError } from "../errors.js";
import { isBundled, namedKernel, type KernelLaunch } from "./launch.js";

/** What a notebook tells of the kernel that it wants. */
export interface Wanted {
  readonly kernelName: string | undefined;
  /** In lower case; empty when it does not tell. */
  readonly language: string;
}

/** Where several kernels know a language: which is taken, the first that there is. */
const PREFERRED: Readonly<Record<string, readonly string[]>> = {
  python: ["python3"],
  typescript: ["typescript", "tslab", "deno"],
  javascript: ["javascript", "jslab", "deno"],
  r: ["ir"],
};

/**
 * The kernels that notebooks want, each looked up once: the one that a notebook names, or else one for
 * its language.
 *
 * @param kernel takes the place of what the notebooks name
 * @param root see `installedKernel`
 * @throws {UnknownKernelError | NoKernelError} when there is none
 */
export function kernelFinder(kernel: string | undefined, root: string) {
  const found = new Map<string, Promise<KernelLaunch>>();
  return ({ kernelName, language }: Wanted): Promise<KernelLaunch> => {
    const name = kernel ?? kernelName;
    const key = name === undefined ? `language ${language}` : `kernel ${name}`;
    const known = found.get(key);
    if (known) return known;
    const launch = name === undefined ? forLanguage(language, root) : forName(name, root);
    found.set(key, launch);
    return launch;
  };
}

/** As in Jupyter, `python` is another name for `python3`, where no kernel has just that name. */
async function forName(name: string, root: string): Promise<KernelLaunch> {
  if (name !== "python") return namedKernel(name, root);
  const specs = await listKernelSpecs(dataFolders(root));
  return namedKernel(specs.some((spec) => spec.name === name) ? name : "python3", root);
}

async function forLanguage(language: string, root: string): Promise<KernelLaunch> {
  const specs = language === "" ? [] : await listKernelSpecs(dataFolders(root));
  const name = kernelFor(language, specs, isBundled);
  return namedKernel(name, root);
}

/**
 * The name of the kernel that suits a language best.
 *
 * @param isThere whether one that is not among the specs can be had all the same
 * @throws {NoKernelError} when there is none
 */
export function kernelFor(
  language: string,
  specs: readonly { readonly name: string; readonly language: string }[],
  isThere: (name: string) => boolean = () => false,
): string {
  const preferred = PREFERRED[language] ?? [];
  const installed = new Set(specs.map(({ name }) => name));
  const name =
    preferred.find((one) => installed.has(one) || isThere(one)) ??
    specs.filter((spec) => spec.language.toLowerCase() === language && language !== "").at(-1)
      ?.name;
  if (name !== undefined) return name;
  throw new NoKernelError(language, [...installed].toSorted());
}
