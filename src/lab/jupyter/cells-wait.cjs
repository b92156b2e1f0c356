// A JupyterLab extension, which the browser loads: a cell that is run while its page is still connecting
// to a kernel waits for that. JupyterLab drops such a run without a word.
//
// It takes the place of JupyterLab's own plugin that runs cells, by the token meant for that, and calls
// what that one calls. Written as the container that module federation expects, so that it needs no
// bundler: https://jupyterlab.readthedocs.io/en/stable/extension/extension_dev.html

/** @typedef {{ readonly ready: Promise<void>, readonly session: { readonly kernel: unknown } | null }} SessionContext */
/** @typedef {{ readonly model: { readonly type: string }, setPrompt?: (text: string) => void }} Cell */
/** @typedef {{ readonly cell: Cell, readonly sessionContext?: SessionContext }} Run */
/**
 * Of the package `@jupyterlab/notebook`.
 *
 * @typedef {{ readonly INotebookCellExecutor: object, readonly runCell: (run: Run) => Promise<boolean> }} Notebook
 */
/** @typedef {Readonly<Record<string, Readonly<Record<string, { get: () => Promise<() => Notebook> }>>>>} SharedScope */

const NAME = "redis-lab-cells-wait";
/** How long a cell waits at most, in milliseconds; then JupyterLab asks for a kernel. */
const PATIENCE_MS = 30_000;

/** @type {SharedScope} */
let shared = {};

const container = {
  /** @param {SharedScope} scope the packages of this JupyterLab, by name and version */
  init(scope) {
    shared = scope;
  },
  async get() {
    const [notebookPackage] = Object.values(shared["@jupyterlab/notebook"] ?? {});
    if (notebookPackage === undefined) throw new Error(`${NAME}: there are no notebooks here.`);
    const notebook = (await notebookPackage.get())();
    const plugin = {
      id: `${NAME}:cell-executor`,
      autoStart: true,
      provides: notebook.INotebookCellExecutor,
      activate: () => ({
        /** @param {Run} run */
        async runCell(run) {
          if (run.cell.model.type === "code") await kernelOf(run);
          return notebook.runCell(run);
        },
      }),
    };
    return () => ({ __esModule: true, default: plugin });
  },
};

/** @param {Run} run */
async function kernelOf({ cell, sessionContext }) {
  if (!sessionContext || sessionContext.session?.kernel) return;
  cell.setPrompt?.("*");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  await Promise.race([sessionContext.ready, late]);
  clearTimeout(timer);
}

const CONTAINERS = "_JUPYTERLAB";
const page = /** @type {{ [CONTAINERS]?: Record<string, object> }} */ (globalThis);
(page[CONTAINERS] ??= {})[NAME] = container;
