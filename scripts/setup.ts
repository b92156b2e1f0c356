import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { isUsersToMend } from "redis-lab-start/errors";
import { installJupyterLab } from "redis-lab-start/jupyter/jupyter-lab-install";
import { jupyterSettings } from "redis-lab-start/jupyter/jupyter-settings";
import { endOnSignals } from "guarded-processes/until-signal";

// Installs what `npm start` would, and starts nothing: for images, and for VS Code, which finds the
// kernels in .lab/jupyter/data when JUPYTER_PATH names it.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { signal, status } = endOnSignals();
try {
  const log = (line: string) => console.error(line);
  await installJupyterLab({ root, env: process.env, log, signal });
  await jupyterSettings(root);
} catch (error) {
  if (!signal.aborted) {
    if (!isUsersToMend(error)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
process.exitCode = status() ?? process.exitCode;
