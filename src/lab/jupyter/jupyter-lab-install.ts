import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toldToUser } from "guarded-processes/user-error";
import { NoJupyterLabError } from "../errors.js";
import { install, makeVenv, pythonOf, withVenvLock, type VenvOptions } from "../python/venv.js";

/**
 * Installs JupyterLab with all its parts, as requirements.txt pins them, into the project's `.venv`,
 * unless that is done already. Several processes may call this at once.
 *
 * @returns the Python that runs it
 * @throws {NoJupyterLabError} when it cannot be installed; the message says what to do
 */
export async function installJupyterLab(options: VenvOptions): Promise<string> {
  const { root, log, signal } = options;
  const requirements = join(root, "requirements.txt");
  const wanted = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex");
  // Written when all is installed: what an interrupted installation left does not count.
  const marker = join(root, ".venv", "requirements.sha256");
  const isDone = async () => {
    if ((await readFile(marker, "utf8").catch(() => "")) !== wanted) return false;
    // The system's Python, to which this is a link, may be gone.
    return access(pythonOf(root), constants.X_OK).then(
      () => true,
      () => false,
    );
  };
  if (await isDone()) return pythonOf(root);
  try {
    await withVenvLock(options, async () => {
      if (await isDone()) return;
      const started = Date.now();
      log("Installing JupyterLab into .venv (once; 1 to 3 minutes) ...");
      const tick = setInterval(() => {
        log(`  still installing JupyterLab, ${Math.round((Date.now() - started) / 1000)} s`);
      }, 15_000);
      try {
        await makeVenv(options);
        await install(options, ["-r", requirements]);
        await writeFile(marker, wanted);
      } finally {
        clearInterval(tick);
      }
      log(`JupyterLab is installed, ${Math.round((Date.now() - started) / 1000)} s.`);
    });
  } catch (error) {
    signal?.throwIfAborted();
    // A checkout that is read-only, a disk that is full: no installation mends it.
    if (toldToUser(error) !== undefined) throw error;
    throw new NoJupyterLabError((error as Error).message, { cause: error });
  }
  return pythonOf(root);
}
