import type { PeerNotebook } from "./peer-notebook.js";

const python = { language_info: { name: "python" } };
const after = (source: string, ...lines: readonly string[]) => ({
  source,
  metadata: { nbmake: { post_cell_execute: lines } },
});

/** What tests/test_nb_run.py of nbmake runs. */
export const nbmake: readonly PeerNotebook[] = [
  { name: "empty", cells: [""], gives: [], why: "nothing runs", metadata: python },
  {
    name: "ignore_tag",
    cells: [{ source: "1 / 0", tags: ["skip-execution"] }, "print(42)"],
    runs: 1,
    gives: [],
    why: "the tag leaves the cell out",
    metadata: python,
  },
  {
    name: "import_errs",
    cells: [
      "import itertools\n\n1 / 0",
      "import time\ntime.sleep(600)",
      "import no_such_thing",
      "import pickle",
    ],
    gives: ["cell-error 3"],
    why: "only what is imported runs, all of it",
    args: ["--check-imports"],
    prints: /no_such_thing/,
  },
  {
    name: "magic_error",
    cells: ["%matplotlib inline\n\nimport no_such_pyplot", "raise Exception('must not run')"],
    runs: 1,
    gives: ["cell-error 1"],
    why: "a magic whose package is not there is an error like any other",
  },
  {
    name: "mock",
    cells: [
      { source: "x = 5\ny = 'y'", metadata: { nbmake: { mock: { x: 2, y: "z", d: { x: 42 } } } } },
      "assert (x, y, d) == (2, 'z', {'x': 42})",
    ],
    gives: [],
    why: "what the metadata says is set after the cell",
    metadata: python,
  },
  {
    name: "post_cell_execute",
    cells: [after("x = 1\ny = 2", "y = 3", "z = x + y"), "assert (y, z) == (3, 4)"],
    gives: [],
    why: "what the metadata says runs after the cell",
  },
  {
    name: "post_cell_execute_error",
    cells: [after("'fine'", "raise Exception('afterwards')")],
    gives: ["cell-error 1"],
    why: "what runs after a cell may fail it",
    prints: /afterwards/,
  },
  {
    name: "post_cell_execute_masked_error",
    cells: [after("raise Exception('first')", "raise Exception('afterwards')")],
    gives: ["cell-error 1"],
    why: "the cell's own error is the one to tell",
    prints: /Exception: first/,
  },
  {
    name: "raises_tag",
    cells: [{ source: "1 / 0", tags: ["raises-exception"] }, "print(42)"],
    gives: [],
    why: "the tag allows the error",
    metadata: python,
  },
];

/** What the tests of treon run. */
export const treon: readonly PeerNotebook[] = [
  {
    name: "basic",
    cells: [
      "import helper_of_basic\nassert helper_of_basic.answer() == 42",
      { source: "print('Hello')", stdout: "Hello\n" },
      "import unittest\nclass Sums(unittest.TestCase):\n    def test(self):\n        assert 2 + 2 == 4",
      'def one():\n    """\n    >>> 1 + 2\n    3\n    """',
    ],
    gives: [],
    why: "a module beside the notebook is found",
    files: { "helper_of_basic.py": "def answer():\n    return 42\n" },
  },
  {
    name: "doctest_failed",
    cells: ['def one():\n    """\n    >>> 1 + 1\n    42\n    """'],
    gives: [],
    why: "a function that is only defined does nothing",
    ownFeature: "doctests of the cells are run after them",
  },
  {
    name: "runtime_error",
    cells: ["1 / 0"],
    gives: ["cell-error 1"],
    why: "an error fails its cell",
  },
  {
    name: "unittest_failed",
    cells: [
      "import unittest\nclass Fails(unittest.TestCase):\n    def test(self):\n        assert 0",
    ],
    gives: [],
    why: "a class that is only defined does nothing",
    ownFeature: "unit tests of the cells are run after them",
  },
  ...["a1", "b1"].map((name) => ({ name, cells: [""], gives: [], why: "nothing runs" })),
];
