import { LAB, root } from "../project.js";
import { installJupyterLab } from "../jupyter/jupyter-lab-install.js";
import { jupyterSettings } from "../jupyter/jupyter-settings.js";
import { runMain } from "guarded-processes/run-main";

// Installs what `npm start` would, and starts nothing: for images, and for VS Code, which finds the
// kernels in .lab/jupyter/data when JUPYTER_PATH names it.
await runMain(LAB, async ({ signal }) => {
  const log = (line: string) => console.error(line);
  await installJupyterLab({ root, env: process.env, log, signal });
  await jupyterSettings(root);
});
