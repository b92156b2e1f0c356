import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { install, makeVenv, pythonOf, withVenvLock, type VenvOptions } from "../python/venv.js";

/**
 * Installs what site/requirements.txt pins into an environment of its own: JupyterLab needs other
 * versions of the same packages.
 *
 * @param options with the project's folder
 * @param folder where the environment is made
 * @returns the Python that has it
 */
export async function installSitePython(options: VenvOptions, folder: string): Promise<string> {
  const requirements = join(options.root, "site", "requirements.txt");
  const wanted = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex");
  const marker = join(folder, "requirements.sha256");
  await mkdir(folder, { recursive: true });
  const own = { ...options, root: folder };
  await withVenvLock(own, async () => {
    if ((await readFile(marker, "utf8").catch(() => "")) === wanted) return;
    options.log("Installing Sphinx for the site (once; about a minute) ...");
    await makeVenv(own);
    await install(own, ["-r", requirements]);
    await writeFile(marker, wanted);
  });
  return pythonOf(folder);
}
