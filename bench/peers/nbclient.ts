import { raised, shown, type PeerNotebook } from "./peer-notebook.js";
import { meeting } from "./meeting.js";
import { OUTPUT_WIDGET, PIXEL, viewOf } from "./python.js";

/** Its tests name the kernel of the notebooks that name none. */
const args = ["--kernel", "python3"];
const metadata = {};

/** What tests/test_client.py runs, and compares with the stored outputs. */
export const nbclient: readonly PeerNotebook[] = [
  {
    name: "Autokill",
    cells: ["import os, signal\nos.kill(os.getpid(), signal.SIGTERM)"],
    gives: ["kernel-died 1"],
    why: "a kernel that dies under a cell is no success",
  },
  {
    name: "Check History in Memory",
    cells: ["assert get_ipython().history_manager.hist_file == ':memory:'"],
    gives: [],
    why: "what is run is not the user's own history",
    metadata,
    args,
  },
  {
    name: "Clear Output",
    cells: [
      "from IPython.display import clear_output",
      { source: "for n in range(4):\n    clear_output()\n    print(n)", stdout: "3\n" },
      { source: "print('gone')\nclear_output()", ran: true },
      { source: "print('stays', end='')\nclear_output(wait=True)", stdout: "stays" },
      { source: "print('a')\nclear_output(wait=True)\nprint('b')", stdout: "b\n" },
      {
        source: "one = display('first', display_id='one')",
        outputs: [shown({ "text/plain": "'second'" })],
      },
      { source: "one.update('second')", ran: true },
      { source: "two = display('x', display_id='two')\nclear_output()", ran: true },
      {
        source: "three = display('x', display_id='three')\nclear_output(wait=True)\nprint('y')",
        stdout: "y\n",
      },
      { source: "three.update('nowhere to be seen')", ran: true },
    ],
    gives: [],
    why: "clear_output clears at once, or when the next output comes; an update finds what is left",
  },
  {
    name: "Disable Stdin",
    cells: [{ source: "input('who? ')", tags: ["raises-exception: StdinNotImplementedError"] }],
    gives: [],
    why: "nobody is there to answer: the cell must fail and not wait",
    metadata,
    args,
  },
  {
    name: "Empty Cell",
    cells: [{ source: "'one'", result: "'one'" }, "", { source: "'two'", result: "'two'" }],
    gives: [],
    why: "a cell without code does not run",
  },
  { name: "Error", cells: ["0 / 0"], gives: ["cell-error 1"], why: "an error fails its cell" },
  {
    name: "Factorials",
    cells: [
      "a = b = 1",
      { source: "for _ in range(3):\n    a, b = b, a + b\n    print(b)", stdout: "2\n3\n5\n" },
    ],
    gives: [],
    why: "output in several messages is one text",
    metadata,
    args,
  },
  {
    name: "HelloWorld",
    cells: [{ source: "print('Hello')", stdout: "Hello\n" }],
    gives: [],
    why: "it gives what is stored",
    metadata,
    args,
  },
  {
    name: "Inline Image",
    cells: [
      "from IPython.display import Image",
      {
        source: "display(Image('dot.png'))",
        outputs: [
          shown({ "image/png": `${PIXEL}\n`, "text/plain": "<IPython.core.display.Image object>" }),
        ],
      },
    ],
    gives: [],
    why: "a file beside the notebook is found, and a picture is the same whatever its line ends",
    metadata,
    args,
    files: { "dot.png": Buffer.from(PIXEL, "base64") },
  },
  {
    name: "Interrupt",
    cells: ["while True: pass", { source: "print('after')", stdout: "after\n" }],
    gives: ["cell-timeout 1"],
    why: "a cell that runs too long is interrupted and told, and the next one runs",
    metadata,
    args: [...args, "--keep-going", "--cell-timeout", "3"],
  },
  {
    name: "JupyterWidgets",
    cells: [
      {
        source: `${OUTPUT_WIDGET}\nout = Output()\nout.show()`,
        outputs: [viewOf("f46f26da84b54255bccc3a69d7eb08de")],
      },
      { source: "out.comm.send({'method': 'custom', 'content': {'any': 'thing'}})", ran: true },
    ],
    gives: [],
    why: "a model's id differs each time; messages of its own are no outputs",
  },
  {
    name: "Other Comms",
    cells: [
      "from comm import create_comm",
      { source: "comm = create_comm('nobody-knows-this', data={'id': 1})", ran: true },
      { source: "comm.send(data={'id': 2})", ran: true },
    ],
    gives: [],
    why: "a comm that no front end knows does no harm",
  },
  {
    name: "Output",
    cells: [
      {
        source: `${OUTPUT_WIDGET}\nout = Output()\nout.show()`,
        outputs: [viewOf("e152547dd69d46fcbcb602cf9f92e50b")],
      },
      { source: "print('cell')\nwith out:\n    print('widget')", stdout: "cell\n" },
      { source: "with out:\n    raise ValueError('kept by the widget')", ran: true },
      {
        source: "with out:\n    print('a')\n    clear_output(wait=True)\n    print('b')",
        ran: true,
      },
      { source: "[one['text'] for one in out.outputs]", result: "['b\\n']" },
      { source: "with out:\n    clear_output()", ran: true },
      { source: "print('x')\nwith out:\n    display('shown')\nclear_output()", ran: true },
    ],
    gives: [],
    why: "what is printed, raised and cleared within an Output widget stays in it",
  },
  meeting("A", "B"),
  meeting("B", "A"),
  {
    name: "SVG",
    cells: [
      "from IPython.display import SVG",
      {
        source: `display(SVG('<svg width="9" height="8"><circle r="4" cx="5"/></svg>'))`,
        outputs: [
          shown({
            "image/svg+xml": '<svg height="8" width="9">\n<circle cx="5" r="4"/></svg>',
            "text/plain": "<IPython.core.display.SVG object>",
          }),
        ],
      },
    ],
    gives: [],
    why: "an SVG is a document: neither the order of attributes nor blanks between elements count",
    metadata,
    args,
  },
  {
    name: "Skip Exceptions with Cell Tags",
    cells: [
      {
        source:
          "import sys\nprint('out')\nprint('err', file=sys.stderr)\n# ż\nraise Exception('x')",
        tags: ["raises-exception"],
        stdout: "out\n",
        stderr: "err\n",
        outputs: [raised("Exception", "x")],
      },
      { source: "print('on')", stdout: "on\n" },
    ],
    gives: [],
    why: "the tag allows the error; the order of the two streams is chance",
  },
  {
    name: "Skip Exceptions",
    cells: [
      { source: "# ż\nraise Exception('x')", outputs: [raised("Exception", "x")] },
      { source: "print('on')", stdout: "on\n" },
    ],
    gives: [],
    why: "the option allows all errors",
    metadata,
    args: [...args, "--allow-errors"],
  },
  {
    name: "Skip Execution with Cell Tag",
    cells: [
      { source: "raise Exception('must not run')", tags: ["skip-execution"] },
      { source: "print('on')", stdout: "on\n" },
    ],
    gives: [],
    runs: 1,
    why: "the tag leaves the cell out",
    metadata,
    args,
  },
  {
    name: "Sleep1s",
    cells: ["import time", "began = time.time()\ntime.sleep(1)", "print(time.time() - began)"],
    gives: [],
    why: "a cell that was never run has nothing to compare with",
  },
  ...["Unicode", "UnicodePy3"].map((name) => ({
    name,
    cells: [{ source: "print('☃')", stdout: "☃\n" }],
    gives: [],
    why: "text is UTF-8",
    ...(name === "Unicode" ? { metadata, args } : {}),
  })),
  {
    name: "update-display-id",
    cells: [
      {
        source: "display('above')\nhere = display(1, display_id='here')\ndisplay('below')",
        outputs: ["'above'", "4", "'below'"].map((text) => shown({ "text/plain": text })),
      },
      {
        source:
          "display(2, display_id='here')\ndisplay(3, display_id='there')\ndisplay(4, display_id='here');",
        outputs: ["4", "3", "4"].map((text) => shown({ "text/plain": text })),
      },
    ],
    gives: [],
    why: "a display shown again changes all that have its id, in earlier cells as well",
    metadata,
    args,
  },
];
