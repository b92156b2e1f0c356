import { raised, shown, type PeerNotebook } from "./peer-notebook.js";
import { FORMULA, formula, PIXEL } from "./python.js";

/** A time as a notebook stores it. */
const NOW = {
  source: "datetime.now()",
  result: "datetime.datetime(2020, 6, 1, 12, 33, 8, 310117)",
};

/** What its tests run: the outcome is in the names of its samples. */
export const nbval: readonly PeerNotebook[] = [
  {
    name: "exceptions",
    cells: [
      {
        source: "# NBVAL_RAISES_EXCEPTION\nraise RuntimeError('a')",
        outputs: [raised("RuntimeError", "a")],
      },
      {
        source:
          "# NBVAL_IGNORE_OUTPUT\n# NBVAL_RAISES_EXCEPTION\nimport time\nprint(time.time())\nraise RuntimeError('b')",
        stdout: "1485539287.9\n",
        outputs: [raised("RuntimeError", "other")],
      },
      {
        source: "raise RuntimeError('c')",
        tags: ["nbval-raises-exception"],
        outputs: [raised("RuntimeError", "c")],
      },
      {
        source: "raise RuntimeError('d')",
        tags: ["raises-exception"],
        outputs: [raised("RuntimeError", "d")],
      },
      "",
    ],
    gives: [],
    why: "comments and tags allow the errors; the first line need not be the mark",
  },
  {
    name: "test-exceptions-fail-storedmismatch",
    cells: [
      {
        source: "# NBVAL_RAISES_EXCEPTION\nraise RuntimeError('a')",
        outputs: [raised("NameError", "name 'a' is not defined")],
      },
    ],
    gives: ["output-mismatch 1"],
    why: "an allowed error still has to be the stored one",
  },
  {
    name: "test-latex-fail-randomoutput",
    cells: [
      `${FORMULA}\nimport random`,
      { source: "Formula(f'x^{random.randrange(10 ** 12)}')", outputs: [formula("x^7")] },
    ],
    gives: ["output-mismatch 2"],
    why: "chance gives something else each time",
  },
  {
    name: "test-latex-pass-correctouput",
    cells: [FORMULA, { source: "Formula('x^2 + y^3')", outputs: [formula("x^2 + y^3")] }],
    gives: [],
    why: "it gives what is stored, in each of its forms",
  },
  {
    name: "test-latex-pass-failsbutignoreoutput",
    cells: [
      `${FORMULA}\nimport time`,
      {
        source: "# NBVAL_IGNORE_OUTPUT\nFormula(f'x^{int(time.time())}')",
        outputs: [formula("x^7")],
      },
    ],
    gives: [],
    why: "the comment leaves the output out",
  },
  {
    name: "test-stream-fail-missingoutput",
    cells: [
      { source: "print('a')", stdout: "a\n" },
      { source: "print('a')", ran: true },
      { source: "print('a')", stdout: "a\n" },
    ],
    gives: ["output-mismatch 2"],
    why: "a cell that was run, and gave nothing, gives something",
  },
  {
    name: "test-stream-pass-missing-unexecuted-output",
    cells: [
      { source: "print('a')", stdout: "a\n" },
      "print('a')",
      { source: "print('a')", stdout: "a\n" },
    ],
    gives: [],
    why: "a cell that was never run has nothing to compare with",
  },
  {
    name: "latex-example",
    cells: [
      `${FORMULA}\nimport random`,
      { source: "Formula('x^2')", outputs: [formula("x^2")] },
      {
        source: "# NBVAL_IGNORE_OUTPUT\nFormula(f'x^{random.random()}')",
        outputs: [formula("x^7")],
      },
    ],
    gives: [],
    why: "one output counts, one is left out",
  },
  {
    name: "minimal_example",
    cells: [{ source: "print('Hello!')", stdout: "Hello!\n" }, ""],
    gives: [],
    why: "it gives what is stored",
  },
  {
    name: "sample_notebook",
    cells: [
      { source: "from datetime import datetime", ran: true },
      { ...NOW, source: `# PYTEST_VALIDATE_IGNORE_OUTPUT\n${NOW.source}` },
      { ...NOW, source: `# NBVAL_IGNORE_OUTPUT\n${NOW.source}` },
      { ...NOW, tags: ["nbval-ignore-output"] },
      {
        ...NOW,
        source: `# NBVAL_CHECK_OUTPUT\n# NBVAL_IGNORE_OUTPUT\n${NOW.source}`,
        tags: ["nbval-check-output"],
      },
      {
        source: "# NBVAL_CHECK_OUTPUT\nprint(5)",
        tags: ["nbval-ignore-output"],
        stdout: "5\n",
      },
      { source: "print(5)", tags: ["nbval-check-output"], stdout: "5\n" },
      {
        source: "datetime.today().strftime('Last run: %Y-%m-%d, %H:%M:%S')",
        result: "'Last run: 2018-06-01, 12:33:15'",
      },
      {
        source: `from IPython.display import Image\nimport base64\nlegend = object()\ndisplay(Image(base64.b64decode('${PIXEL}')))\nlegend`,
        outputs: [
          shown({ "image/png": PIXEL, "text/plain": "<IPython.core.display.Image object>" }),
          {
            output_type: "execute_result",
            execution_count: 1,
            data: { "text/plain": "<object at 0x7fae26a349b0>" },
            metadata: {},
          },
        ],
      },
      "# NBVAL_SKIP\nraise Exception('must not run')",
      { source: "raise Exception('nor this')", tags: ["nbval-skip"] },
      "",
    ],
    runs: 9,
    gives: [],
    why: "marks apply, a comment before a tag; times and addresses do not count",
  },
  {
    name: "test_coalesce",
    cells: [
      "import sys",
      { source: "print('a')\nprint('b')", stdout: "a\nb\n" },
      { source: "print('a', file=sys.stderr)\nprint('b', file=sys.stderr)", stderr: "a\nb\n" },
      {
        source: "print('a', file=sys.stderr)\nprint('b')\nprint('c', file=sys.stderr)",
        stdout: "b\n",
        stderr: "a\nc\n",
      },
      {
        source:
          "print('a', file=sys.stderr, flush=True)\nprint('b', flush=True)\nprint('c', file=sys.stderr)",
        outputs: [
          { output_type: "stream", name: "stderr", text: "a\n" },
          { output_type: "stream", name: "stdout", text: "b\n" },
          { output_type: "stream", name: "stderr", text: "c\n" },
        ],
      },
    ],
    gives: [],
    why: "how a text is cut into messages, and how two streams are mixed, does not count",
  },
];
