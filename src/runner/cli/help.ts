/**
 * What `--help` prints.
 *
 * @param command what users type before the options
 * @param standard what runs when they name nothing
 */
export function helpFor(command: string, standard: readonly string[]): string {
  return HELP.replaceAll("COMMAND", command).replace("STANDARD", standard.join(" "));
}

const HELP = `Runs notebooks headless and compares their outputs with the stored ones.

Usage: COMMAND [options] [files, folders or globs]     (default: STANDARD)

What runs:
  --changed[=REV]           only notebooks that differ from a git revision (default: HEAD), or that
                            import what does
  --shard I/N               the I-th of N parts of the notebooks, to share them between machines
  --watch                   run, then again what changes, until Ctrl-C
  --fail-fast               end with the first notebook that fails (default: all run)

How it runs:
  --update                  write new outputs into the notebooks instead of failing on them
  --no-compare              only run; whether outputs equal the stored ones does not count
  --rerun N                 run all cells N times in one kernel; the outputs must stay equal
  --jobs N                  notebooks at a time (default: one more than cores)
  -p NAME=VALUE             set a variable after the cell tagged "parameters", or before the first;
                            VALUE is JSON, or else a text; implies --no-compare; may be repeated
  --kernel NAME             an installed Jupyter kernel (default: the notebook's own, or tslab)
  --server URL              run the kernels of a Jupyter server instead of starting them here
  --token TOKEN             the server's token (default: the URL's own, or JUPYTER_TOKEN)
  --redis-url URL           one Redis for all (default: REDIS_URL, or a private one for each job)
  --startup-timeout SECONDS for a kernel to be ready (default: 60)
  --cell-timeout SECONDS    for one cell (default: 30; ten times that for one tagged "slow")
  --notebook-timeout SECONDS for all cells of a notebook (default: 300)

What is told:
  --html FILE               one page with every executed notebook, its outputs, times and diffs
  --junit FILE              JUnit XML, a test case for each cell
  --markdown FILE           a summary, as for GITHUB_STEP_SUMMARY
  --jsonl FILE              every event of the run, a line of JSON each
  --github                  annotations on the lines of the .ipynb (default: when GitHub runs it)
  --output-dir DIR          keep every executed notebook (default: only those that failed, with the
                            kernel's log, in .lab/failed/)
  --help

Tags of a cell: raises-exception (it must fail; "raises-exception: TEXT" also says with what),
volatile (numbers and ids may change), skip (it does not run), slow (it may take longer).

Exit status: 0 all passed, 1 a notebook failed, 2 wrong usage or input, 130 interrupted.

Examples:
  COMMAND
  COMMAND --rerun 3 notebooks/1.1-connection.ipynb
  COMMAND --jobs 4 "notebooks/2*.ipynb" --html report.html
  COMMAND --changed=origin/main --junit junit.xml
  COMMAND -p count=3 -p name=Ada report.ipynb --output-dir out
  COMMAND --server "http://127.0.0.1:8888/lab?token=..." analysis.ipynb
`;
