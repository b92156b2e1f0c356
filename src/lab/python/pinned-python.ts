import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { install, makeVenv, pythonOf, withVenvLock, type VenvOptions } from "./venv.js";

export interface PinnedPython {
  /** Where the environment is made. */
  readonly folder: string;
  /** The files that pin what is in it; the first names the others, where there are others. */
  readonly requirements: readonly [string, ...string[]];
  /** Such as "Sphinx for the site". */
  readonly what: string;
}

/**
 * Installs what a requirements file pins into an environment of its own, unless that is done already:
 * what is asked for seldom needs other versions than JupyterLab, or more packages.
 *
 * @param options with the project's folder
 * @returns the Python that has it
 */
export async function installPinned(options: VenvOptions, pinned: PinnedPython): Promise<string> {
  const { folder, requirements, what } = pinned;
  const texts = await Promise.all(requirements.map((file) => readFile(file)));
  const wanted = createHash("sha256").update(Buffer.concat(texts)).digest("hex");
  const marker = join(folder, "requirements.sha256");
  await mkdir(folder, { recursive: true });
  const own = { ...options, root: folder };
  await withVenvLock(own, async () => {
    if ((await readFile(marker, "utf8").catch(() => "")) === wanted) return;
    options.log(`Installing ${what} (once; about a minute) ...`);
    await makeVenv(own);
    await install(own, ["-r", requirements[0]]);
    await writeFile(marker, wanted);
  });
  return pythonOf(folder);
}

/** What `npm run site` runs. */
export function sitePython(root: string, folder: string): PinnedPython {
  const requirements = [join(root, "site", "requirements.txt")] as const;
  return { folder, requirements, what: "Sphinx for the site" };
}

/** What `npm run hub` runs: JupyterLab as the lab has it, and JupyterHub. */
export function hubPython(root: string, folder: string): PinnedPython {
  const own = join(root, "docs", "jupyterhub", "requirements.txt");
  return { folder, requirements: [own, join(root, "requirements.txt")], what: "JupyterHub" };
}
