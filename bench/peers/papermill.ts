import type { PeerNotebook } from "./peer-notebook.js";

/** It runs, and compares nothing. Parameters are a cell more. */
const args = ["--no-compare"];
const parameters = (source: string) => ({ source, tags: ["parameters"] });
const exits = (name: string, statement: string, gives: readonly string[]): PeerNotebook => ({
  name,
  cells: ["import sys", statement, "raise Exception('must not run')"],
  gives,
  runs: 2,
  why:
    gives.length === 0
      ? "an exit without an error ends the notebook as passed"
      : "an exit with a code other than 0 is a failure",
  args,
});

/** What its tests run. */
export const papermill: readonly PeerNotebook[] = [
  {
    name: "binder",
    cells: ["%%bash\ncd ..\necho ran"],
    gives: [],
    why: "a cell may be a shell script",
    args,
    ownFeature: "the script runs papermill itself",
  },
  {
    name: "blank-vscode",
    cells: [""],
    gives: [],
    why: "nothing runs, and no kernel is named: that is no fault",
    metadata: { language_info: { name: "python" } },
    args,
  },
  {
    name: "broken",
    cells: ['print "old"', "assert False", "raise Exception('must not run')"],
    runs: 1,
    gives: ["cell-error 1"],
    why: "the first failure is told, and nothing after it runs",
    args,
  },
  {
    name: "broken1",
    cells: ["print('fine')", "assert False", 'print "must not run"'],
    runs: 2,
    gives: ["cell-error 2"],
    why: "as above",
    args,
  },
  {
    name: "broken2",
    cells: ["print('fine')", "display('shown')\nassert False", 'print "must not run"'],
    runs: 2,
    gives: ["cell-error 2"],
    why: "a cell that fails may have shown something",
    args,
  },
  {
    name: "complex_parameters",
    cells: [
      parameters(
        "msg = None\na: float = 2.25  # a number\nb = [\n    'x',\n    'y'\n]  # type: List[str]\n" +
          'c: "NoneType" = None\nd = a == 3\n= 2',
      ),
    ],
    runs: 0,
    gives: [],
    why: "names, types and defaults are read without running the cell, around what is no code",
    args: ["--inspect"],
    prints: /\bmsg\b[^]*\ba\b.*float.*2\.25[^]*\bb\b.*List\[str\][^]*\bc\b.*NoneType/,
  },
  {
    name: "gcs-simple_notebook",
    cells: [
      "a = 10",
      { source: "print(a)", stdout: "10\n" },
      "import sys, time\ntime.sleep(1)",
      { source: "print('hi', file=sys.stderr)", stderr: "hi\n" },
      { source: "for n in range(3):\n    print(n)\n    time.sleep(0.3)", stdout: "0\n1\n2\n" },
    ],
    gives: [],
    why: "output that comes bit by bit is the stored one",
    ownFeature: "it is read from a bucket",
  },
  {
    name: "keyboard_interrupt",
    cells: ["raise KeyboardInterrupt"],
    gives: ["cell-error 1"],
    why: "an interrupted cell has not done its work",
    args,
  },
  {
    name: "line_magic_error",
    cells: ["%no_such_magic", "raise Exception('must not run')"],
    runs: 1,
    gives: ["cell-error 1"],
    why: "a magic that is unknown is an error",
    args,
  },
  {
    name: "nb_version_4.4",
    cells: [parameters("var = 1"), { source: "assert var == 2", stdout: "1\n" }],
    runs: 3,
    gives: [],
    why: "a parameter takes the place of its default",
    args: ["-p", "var=2"],
  },
  {
    name: "no_parameters",
    cells: ["msg = globals().get('msg')", "assert msg == 'Hello'", ""],
    runs: 3,
    gives: [],
    why: "without a tagged cell, parameters are set before the first",
    args: ["-p", "msg=Hello"],
  },
  {
    name: "notimplemented_translator",
    cells: [parameters("msg = NULL")],
    runs: 0,
    gives: ["no-kernel"],
    why: "a kernel that is not there fails its notebook",
    metadata: { kernelspec: { name: "no-such-r", language: "R" } },
    args,
  },
  {
    name: "read_check",
    cells: ["import os", "assert os.path.isfile('check.txt')"],
    gives: [],
    why: "cells run in their notebook's folder",
    args,
    files: { "check.txt": "here\n" },
  },
  {
    name: "report_mode_test",
    cells: [
      parameters("a = 1\nb = 1"),
      "def add(x, y):\n    return x + y",
      "assert add(a, b) == 7",
    ],
    runs: 4,
    gives: [],
    why: "parameters are set after their defaults",
    args: ["-p", "a=4", "-p", "b=3"],
    ownFeature: "inputs are hidden in what is written",
  },
  {
    name: "result_no_exec",
    cells: [parameters("foo = 1\nbar = 'hello'\n")],
    gives: [],
    why: "a notebook that another tool has already run runs again",
    args,
  },
  {
    name: "s3-simple_notebook",
    cells: [parameters("msg = None"), "assert msg is None", ""],
    gives: [],
    why: "without parameters the defaults hold",
    args,
    ownFeature: "it is read from a bucket",
  },
  {
    name: "simple_execute",
    cells: [parameters("msg = None"), "# a comment\nassert msg == 'Hello'"],
    runs: 3,
    gives: [],
    why: "a parameter takes the place of its default",
    args: ["-p", "msg=Hello"],
  },
  exits("sysexit", "sys.exit()", []),
  exits("sysexit0", "sys.exit(0)", []),
  exits("sysexit1", "sys.exit(1)", ["cell-error 2"]),
  exits("systemexit", "raise SystemExit", []),
  {
    name: "test_autosave",
    cells: ["import time\nfor n in range(5):\n    time.sleep(0.1)\n    print(n)"],
    gives: [],
    why: "the name python stands for python3",
    metadata: { kernelspec: { name: "python", language: "python" } },
    args,
    ownFeature: "what has come is written while cells run",
  },
  {
    name: "test_logging",
    cells: [
      {
        source:
          "import logging\nlogging.basicConfig(level=logging.INFO)\nlogging.getLogger('a').info('told')",
        stderr: "INFO:a:told\n",
      },
      { source: "print('Hello')", stdout: "Hello\n" },
    ],
    gives: [],
    why: "a log goes to stderr",
    ownFeature: "the runner's own log can have all outputs",
  },
  {
    name: "test_notebooknode_io",
    cells: ["print('Hello')"],
    gives: [],
    why: "a notebook without outputs runs",
    args,
  },
];
