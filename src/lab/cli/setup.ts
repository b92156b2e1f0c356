import { LAB, root } from "../project.js";
import { installJupyterLab } from "../jupyter/jupyter-lab-install.js";
import { jupyterSettings } from "../jupyter/jupyter-settings.js";
import { join } from "node:path";
import { writeKernelSpecs } from "typescript-kernel/kernel-specs";
import { runMain } from "guarded-processes/run-main";

// Installs what `npm start` would, and starts nothing: for images, and for VS Code, which looks for
// kernels in the environment of the chosen Python, .venv.
await runMain(LAB, async ({ signal }) => {
  const log = (line: string) => console.error(line);
  await installJupyterLab({ root, env: process.env, log, signal });
  await jupyterSettings(root);
  await writeKernelSpecs(join(root, ".venv", "share", "jupyter"));
});
