import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installJupyterLab } from "#lab/jupyter/jupyter-lab-install.js";
import { executedText } from "#runner/keep/executed-notebook.js";
import { updateNotebook } from "#runner/keep/write-notebook.js";
import { readNotebook } from "#runner/read/notebook.js";
import { installedKernel, type KernelLaunch } from "#runner/run/launch.js";
import { runNotebook } from "#runner/run/run-notebook.js";
import { root } from "../../root.js";
import { writeFixture } from "../fixtures.js";

// Output widgets and the state of widgets, with the messages that ipywidgets sends.
let folder: string;
let python: KernelLaunch;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "widgets "));
  await installJupyterLab({ root, env: process.env, log: console.error });
  python = await installedKernel("python3", root);
}, 400_000);
afterAll(() => rm(folder, { recursive: true }));

const WIDGET = `
import sys
from comm import create_comm
from IPython.display import display, clear_output
class Output:
    def __init__(self):
        state = {"_model_name": "OutputModel", "_model_module": "@jupyter-widgets/output",
                 "_model_module_version": "1.0.0", "layout": "IPY_MODEL_none", "msg_id": "", "outputs": []}
        self.outputs = []
        self.comm = create_comm(target_name="jupyter.widget", data={"state": state})
        self.comm.on_msg(self.heard)
    def heard(self, msg):
        self.outputs = msg["content"]["data"]["state"]["outputs"]
    def send(self, **state):
        self.comm.send({"method": "update", "state": state, "buffer_paths": []})
    def flush(self):
        sys.stdout.flush()
        sys.stderr.flush()
    def __enter__(self):
        self.flush()
        self.send(msg_id=get_ipython().kernel.get_parent()["header"]["msg_id"])
    def __exit__(self, *error):
        self.flush()
        if error[0]: get_ipython().showtraceback(error)
        self.send(msg_id="")
        return True
    def show(self):
        view = {"application/vnd.jupyter.widget-view+json": {"model_id": self.comm.comm_id}, "text/plain": "Output()"}
        display(view, raw=True)
out = Output()
out.show()`;

test("what is printed, shown, raised and cleared in an Output widget stays in it", async () => {
  const file = await writeFixture(
    folder,
    "output.ipynb",
    [
      WIDGET,
      "print('cell')\nwith out:\n    print('widget')",
      "with out:\n    raise ValueError('caught')",
      "[one['output_type'] for one in out.outputs]",
      "print('kept')\nwith out:\n    clear_output()\n    display('shown')",
      "with out:\n    clear_output(wait=True)\n    print('last')",
    ].map((source) => ({ source })),
    { kernelspec: { name: "python3", language: "python" } },
  );
  const notebook = await readNotebook(file);
  const run = await runNotebook(notebook, {
    launch: python,
    env: process.env,
    rounds: 1,
    update: true,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: 60,
    notebookTimeoutSeconds: 60,
    signal: new AbortController().signal,
    onCell: () => {},
  });
  expect(run.failures).toEqual([]);
  expect(run.outputs.slice(1)).toMatchObject([
    [{ text: "cell\n" }],
    [],
    [{ data: { "text/plain": "['stream', 'error']" } }],
    [{ text: "kept\n" }],
    [],
  ]);
  const held = { outputs: [{ output_type: "stream", text: "last\n" }] };
  const stored = { state: { [idIn(run.widgetState)]: { model_name: "OutputModel", state: held } } };
  expect(run.widgetState).toMatchObject(stored);

  const state = "application/vnd.jupyter.widget-state+json";
  const widgetsIn = (text: string) =>
    (JSON.parse(text) as { metadata: { widgets?: Record<string, unknown> } }).metadata.widgets;
  const result = { ...run, notebook, milliseconds: 1, written: false };
  expect(widgetsIn(executedText(result))).toMatchObject({ [state]: stored });
  await updateNotebook(notebook, run.outputs, run.widgetState);
  const updated = await readFile(file, "utf8");
  expect(widgetsIn(updated)).toMatchObject({ [state]: stored });
  // The next run gives other ids: nothing that a person would call new.
  const renamed = JSON.stringify(run).replaceAll(idIn(run.widgetState), "0".repeat(32));
  const again = JSON.parse(renamed) as typeof run;
  expect(await updateNotebook(await readNotebook(file), again.outputs, again.widgetState)).toEqual({
    written: false,
    failures: [],
  });
});

function idIn(state: unknown): string {
  return Object.keys((state as { state: object }).state)[0] ?? "";
}
