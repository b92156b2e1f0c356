import { shortPath } from "./select-files.js";
import type { RunEvent, RunResult } from "./run-all.js";
import { VERDICTS, type Failure } from "./verdicts.js";

export interface ReportTarget {
  readonly write: (text: string) => void;
  /** Whether the progress line can be overwritten. */
  readonly isTerminal: boolean;
  /** Width of a terminal, in columns. */
  readonly columns: number;
}

/** What is shown of a kernel's own log under a failure, in lines. */
const LOG_LINES = 20;

/** Tells a person how the run goes: a progress line, a line for each notebook, the failures. */
export class Report {
  readonly #running = new Map<string, string>();
  #done = 0;

  constructor(
    private readonly total: number,
    private readonly target: ReportTarget,
  ) {}

  /** Takes one event of the run. */
  readonly onEvent = (event: RunEvent): void => {
    if (event.type === "end") {
      this.#done++;
      this.#running.delete(event.result.notebook.file);
      this.#clear();
      this.target.write(this.#line(event.result));
      for (const failure of event.result.failures) {
        this.target.write(describeFailure(event.result, failure));
      }
    } else {
      const at = event.type === "cell" ? ` cell ${event.cell}/${event.cells}` : " starting";
      this.#running.set(event.notebook.file, at);
    }
    this.#progress();
  };

  /** The closing line. */
  end(results: readonly RunResult[], milliseconds: number): void {
    this.#clear();
    const failed = results.filter((result) => result.failures.length > 0).length;
    this.target.write(
      `\n${results.length - failed} of ${this.total} notebooks passed, ${failed} failed, ` +
        `in ${seconds(milliseconds)}\n`,
    );
  }

  #line({ notebook, failures, milliseconds, written }: RunResult): string {
    const mark = failures.length > 0 ? "FAIL" : written ? "new " : "ok  ";
    const names = failures.map(({ verdict }) => VERDICTS[verdict].title);
    const why = failures.length > 0 ? `: ${[...new Set(names)].join(", ")}` : "";
    const cells = `${notebook.cells.length} cells`;
    return `[${this.#done}/${this.total}] ${mark} ${shortPath(notebook.file)}  ${cells}, ${seconds(milliseconds)}${why}\n`;
  }

  #progress(): void {
    if (!this.target.isTerminal) return;
    const running = [...this.#running].map(([file, at]) => shortPath(file) + at).join(", ");
    if (running === "") return;
    const text = `[${this.#done}/${this.total}] ${running}`;
    this.#clear();
    this.target.write(text.slice(0, this.target.columns - 1));
  }

  #clear(): void {
    if (this.target.isTerminal) this.target.write("\r\u001b[K");
  }
}

/** A failure with the cell's source, its line marked, and what was expected and what came. */
export function describeFailure(result: RunResult, failure: Failure): string {
  const { notebook, kernelLog } = result;
  const position = notebook.cells.findIndex(({ index }) => index === failure.cellIndex);
  const cell = notebook.cells[position];
  const where = cell
    ? `, cell ${cell.index + 1} (code cell ${position + 1} of ${notebook.cells.length})`
    : "";
  const round = failure.round && failure.round > 1 ? `, round ${failure.round}` : "";
  const { title } = VERDICTS[failure.verdict];
  const parts = [
    `${shortPath(notebook.file)}${where}${round}: ${title} (${failure.verdict})`,
    failure.message,
    cell && numbered(cell.source, failure.line),
    failure.detail?.trimEnd(),
    kernelLog.trim() && `The kernel's own log ends:\n${lastLines(kernelLog)}`,
  ];
  return `\n${parts
    .filter((part) => part)
    .map((part, index) => indent(String(part), index === 0 ? "  " : "    "))
    .join("\n")}\n\n`;
}

function numbered(source: string, marked: number | undefined): string {
  const lines = source.trimEnd().split("\n");
  const width = String(lines.length).length;
  return lines
    .map((line, index) => {
      const number = String(index + 1).padStart(width);
      return `${index + 1 === marked ? ">" : " "} ${number} | ${line}`.trimEnd();
    })
    .join("\n");
}

function lastLines(log: string): string {
  return log.trimEnd().split("\n").slice(-LOG_LINES).join("\n");
}

function indent(text: string, by: string): string {
  return text.replace(/^(?=.)/gm, by);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
