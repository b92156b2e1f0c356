import type { OwnOption } from "./parse-options.js";

interface Command {
  /** What users type before the options. */
  readonly command: string;
  /** What runs when they name nothing. */
  readonly defaults: readonly string[];
  /** Where failed notebooks are kept, as users call it. */
  readonly folderName: string;
  readonly options: readonly OwnOption[];
}

/** What `--help` prints. */
export function helpFor({ command, defaults, folderName, options }: Command): string {
  const own = options.map(
    ({ name, value, help }) => `${`  --${name} ${value}`.padEnd(27)} ${help}\n`,
  );
  return HELP.replaceAll("COMMAND", command)
    .replace("DEFAULTS", defaults.join(" "))
    .replace("FOLDER", folderName)
    .replace("OWN\n", own.join(""));
}

const HELP = `Runs notebooks headless and compares their outputs with the stored ones.

Usage: COMMAND [options] [files, folders or globs]     (default: DEFAULTS)

Notebooks are .ipynb, and, where they are named, scripts with cells (# %%) and MyST Markdown, as
jupytext has them; their outputs are kept beside them, in NAME.outputs.json.

What runs:
  --changed[=REV]           only notebooks that differ from a git revision (default: HEAD), or that
                            import what does
  --ignore GLOB             leave out notebooks and folders that match; may be repeated
  --shard I/N               the I-th of N parts of the notebooks, to share them between machines
  --watch                   run, then again what changes, until Ctrl-C
  --fail-fast               end with the first notebook that fails (default: all run)
  --check-imports           run nothing but the imports of the cells, and tell of all that fail
  --inspect                 list the parameters of the notebooks: names, types, defaults
  --to ENDING               write the notebooks as ipynb, as a script with cells (py, ts, js, r, jl) or
                            as MyST Markdown (md), beside them or into --output-dir; nothing runs
  --prepare-only            write the notebooks with their parameters to --output-dir

How it runs:
  --update                  write new outputs into the notebooks instead of failing on them
  --no-compare              only run; whether outputs equal the stored ones does not count
  --rerun N                 run all cells N times in one kernel; the outputs must stay equal
  --jobs N                  notebooks at a time (default: one more than cores)
  -p NAME=VALUE             set a variable after the cell tagged "parameters", or before the first;
                            VALUE is JSON, or else a text; implies --no-compare; may be repeated
  --parameters FILE         parameters in YAML or JSON; -p overrules them; may be repeated
  --allow-errors            cells may fail; all run, and their errors are outputs
  --keep-going              run the cells after one that failed or ran too long, too
  --strict-exit             fail a notebook that ends its kernel with exit code 0
  --allow-leaks             processes, timers and connections may be left open
  --ignore-mime TYPE        leave outputs of a type out of the comparison; may be repeated
  --float-tolerance N       how much numbers with a fraction may differ, relatively, as 1e-6
  --kernel NAME             an installed Jupyter kernel (default: the notebook's own, or else one
                            for its language)
  --server URL              run the kernels of a Jupyter server instead of starting them here
  --token TOKEN             the server's token (default: the URL's own, or JUPYTER_TOKEN)
OWN
  --startup-timeout SECONDS for a kernel to be ready (default: 60)
  --cell-timeout SECONDS    for one cell (default: 30; ten times that for one tagged "slow")
  --notebook-timeout SECONDS for all cells of a notebook (default: 300); for all three of these,
                            none is no limit

What is told:
  --html FILE               one page with every executed notebook, its outputs, times and diffs
  --junit FILE              JUnit XML, a test case for each cell
  --markdown FILE           a summary, as for GITHUB_STEP_SUMMARY
  --jsonl FILE              every event of the run, a line of JSON each
  --github                  annotations on the lines of the .ipynb (default: when GitHub runs it)
  --coverage DIR            what cells run of the TypeScript that they import: lcov.info with a test name
                            for each cell, index.html, and cells.html by cell
  --output-dir DIR          keep every executed notebook (default: only those that failed, with the
                            kernel's log, in FOLDER/failed/)
  --help

Tags of a cell: raises-exception (it must fail; "raises-exception: TEXT" also says with what),
volatile (numbers and ids may change), ignore-output and check-output (its outputs are not, or are
compared), skip (it does not run), slow (it may take longer), end-notebook (it is the last to run),
allow-leaks. Those of nbval, nbclient and nbmake that mean the same are read, too, and told.

Exit status: 0 all passed, 1 a notebook failed, 2 wrong usage or input, 3 nothing failed but the
environment (a kernel is not there, or not ready in time), 130 interrupted.

Examples:
  COMMAND
  COMMAND --rerun 3 notebooks/1.1-connection.ipynb
  COMMAND --jobs 4 "notebooks/2*.ipynb" --html report.html
  COMMAND --changed=origin/main --junit junit.xml
  COMMAND -p count=3 -p name=Ada report.ipynb --output-dir out
  COMMAND --server "http://127.0.0.1:8888/lab?token=..." analysis.ipynb
`;
