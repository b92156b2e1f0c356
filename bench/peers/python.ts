import { shown } from "./peer-notebook.js";

/** A PNG of one point. */
export const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** The messages of an Output widget, as ipywidgets sends them, without ipywidgets. */
export const OUTPUT_WIDGET = `import sys
from comm import create_comm
from IPython.display import clear_output, display
class Output:
    def __init__(self):
        self.outputs = []
        state = dict(_model_name="OutputModel", _model_module="@jupyter-widgets/output",
                     _model_module_version="1.0.0", msg_id="", outputs=[])
        self.comm = create_comm(target_name="jupyter.widget", data={"state": state})
        self.comm.on_msg(self.heard)
    def heard(self, message):
        self.outputs = message["content"]["data"]["state"]["outputs"]
    def redirect(self, to):
        sys.stdout.flush()
        sys.stderr.flush()
        self.comm.send({"method": "update", "state": {"msg_id": to}, "buffer_paths": []})
    def __enter__(self):
        self.redirect(get_ipython().kernel.get_parent()["header"]["msg_id"])
    def __exit__(self, *error):
        if error[0]:
            get_ipython().showtraceback(error)
        self.redirect("")
        return True
    def show(self):
        view = {"model_id": self.comm.comm_id, "version_major": 2, "version_minor": 0}
        display({"application/vnd.jupyter.widget-view+json": view, "text/plain": "Output()"}, raw=True)`;

/** What a notebook stores of a widget that is shown. */
export const viewOf = (model: string): object =>
  shown({
    "application/vnd.jupyter.widget-view+json": {
      model_id: model,
      version_major: 2,
      version_minor: 0,
    },
    "text/plain": "Output()",
  });

/** An object that is drawn and has a text, as those of sympy are, without sympy. */
export const FORMULA = `class Formula:
    def __init__(self, text):
        self.text = text
    def __repr__(self):
        return self.text
    def _repr_latex_(self):
        return f"$\\\\displaystyle {self.text}$"`;

export const formula = (text: string): object => ({
  output_type: "execute_result",
  execution_count: 1,
  data: { "text/latex": `$\\displaystyle ${text}$`, "text/plain": text },
  metadata: {},
});
