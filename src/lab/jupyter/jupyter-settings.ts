import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labFiles, labFolderOf } from "redis-lab-jobs/lab-folder";
import { writeKernelSpecs, writeWhole } from "typescript-kernel/kernel-specs";
import { REPLACED_PLUGIN, writeCellsWait } from "./cells-wait.js";

/** What a learner wants otherwise than JupyterLab's defaults: settings by plugin. */
const LAB_SETTINGS = {
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
  // Only what was edited or run is saved.
  "@jupyterlab/docmanager-extension:plugin": { autosave: true, autosaveInterval: 120 },
  "@jupyterlab/notebook-extension:tracker": {
    codeCellConfig: { lineNumbers: true },
    recordTiming: false,
    // The notebooks are short: all of one is drawn, so that scrolling and searching find it all.
    windowingMode: "none",
  },
};

/**
 * Writes the kernelspec and the settings of the lab's JupyterLab into `.lab/jupyter`, and gives the
 * environment and arguments that make JupyterLab use them, and nothing of the user's home.
 *
 * @param root the project's folder
 */
export async function jupyterSettings(root: string) {
  const folder = labFiles(labFolderOf(root)).jupyter;
  // Where earlier versions kept tokens.
  await rm(join(folder, "runtime"), { recursive: true, force: true });
  // JupyterLab gets another one, which goes with it: what cells write stays.
  const kernelEnv = { TMPDIR: tmpdir() };
  await writeJson(join(folder, "data", "kernels", "tslab", "kernel.json"), {
    ...kernelSpec(),
    env: kernelEnv,
  });
  await writeKernelSpecs(join(folder, "data"), { env: kernelEnv });
  await writeJson(join(folder, "settings", "overrides.json"), LAB_SETTINGS);
  const disabledExtensions = { [REPLACED_PLUGIN]: true };
  await writeJson(join(folder, "settings", "page_config.json"), { disabledExtensions });
  const extensions = join(folder, "labextensions");
  await writeCellsWait(extensions);
  const env = {
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTERLAB_SETTINGS_DIR: join(folder, "user-settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
    IPYTHONDIR: join(folder, "ipython"),
    // The user's own Jupyter folders play no part.
    JUPYTER_NO_CONFIG: "1",
    JUPYTER_PATH: "",
    JUPYTER_CONFIG_PATH: "",
    JUPYTER_PREFER_ENV_PATH: "1",
  };
  const config = {
    ServerApp: {
      root_dir: join(root, "notebooks"),
      // JupyterHub's server is not JupyterLab itself.
      jpserver_extensions: { jupyterlab: true, jupyter_lsp: false, notebook_shim: false },
    },
    LabApp: {
      app_settings_dir: join(folder, "settings"),
      extra_labextensions_path: [extensions],
      default_url: "/lab/tree/index.ipynb",
      news_url: null,
      check_for_updates_class: "jupyterlab.NeverCheckForUpdate",
    },
    // Kernels keep Redis connections open, so they have to be ended: a second is enough to wait.
    KernelManager: { shutdown_wait_time: 1 },
    MultiKernelManager: { default_kernel_name: "typescript" },
    KernelSpecManager: {
      allowed_kernelspecs: ["tslab", "typescript", "javascript"],
      ensure_native_kernel: false,
    },
    FileCheckpoints: { checkpoint_dir: join(folder, "checkpoints") },
  };
  const configFile = join(folder, "jupyter_server_config.json");
  await writeJson(configFile, config);
  return { folder, env, configFile };
}

/** Node by its path: `node` may be missing from the PATH with which JupyterLab was started. */
function kernelSpec() {
  const { resolve } = createRequire(import.meta.url);
  const preload = resolve("./tslab-in-jupyter.cjs");
  const tslab = resolve("tslab/bin/tslab");
  return {
    argv: [
      process.execPath,
      "--require",
      preload,
      tslab,
      "kernel",
      "--config-path",
      "{connection_file}",
    ],
    display_name: "TypeScript (tslab)",
    language: "typescript",
  };
}

const writeJson = (file: string, content: unknown) =>
  writeWhole(file, `${JSON.stringify(content, undefined, 2)}\n`);
