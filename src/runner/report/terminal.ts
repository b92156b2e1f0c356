import type { Notebook } from "../read/notebook.js";
import type { Reporter, RunEvent, RunResult } from "../run/run-events.js";
import { shortPath } from "../read/select-files.js";
import { VERDICTS } from "../judge/verdicts.js";
import { describeFailure } from "./describe-failure.js";
import { harmless, harmlessLine } from "./harmless.js";
import { seconds } from "./seconds.js";

export interface TerminalTarget {
  readonly write: (text: string) => void;
  /** Whether the progress line can be overwritten. */
  readonly isTerminal: boolean;
  /** Width of a terminal, in columns. */
  readonly columns: number;
}

/** A cell that has run this long is pointed out while it runs. */
const SLOW_MS = 5000;
/** How many of the slowest cells the closing lines name, and from what time on. */
const SLOWEST = 3;
const WORTH_NAMING_MS = 1000;

interface Running {
  readonly at: string;
  readonly since: number;
}

/** Tells a person how the run goes: a progress line, a line for each notebook, the failures. */
export function terminalReport(target: TerminalTarget): Reporter {
  const report = new TerminalReport(target);
  return (event) => report.on(event);
}

class TerminalReport {
  readonly #running = new Map<string, Running>();
  #total = 0;
  #done = 0;
  #tick: NodeJS.Timeout | undefined;
  #slowest: { where: string; milliseconds: number }[] = [];

  constructor(private readonly target: TerminalTarget) {}

  on(event: RunEvent): void {
    switch (event.type) {
      case "run-start":
        this.#total = event.notebooks.length;
        // Elapsed time goes on while nothing else happens.
        if (this.target.isTerminal) this.#tick = setInterval(() => this.#progress(), 1000).unref();
        break;
      case "start":
        this.#at(event.notebook, "starting");
        break;
      case "cell":
        this.#at(event.notebook, `cell ${event.cell}/${event.cells}`);
        break;
      case "cell-end": {
        const where = `${harmlessLine(shortPath(event.notebook.file))}, code cell ${event.cell}`;
        this.#slowest = [...this.#slowest, { where, milliseconds: event.milliseconds }]
          .toSorted((a, b) => b.milliseconds - a.milliseconds)
          .slice(0, SLOWEST);
        return;
      }
      case "end":
        this.#done++;
        this.#running.delete(event.result.notebook.file);
        this.#clear();
        this.#say(this.#line(event.result));
        if (event.result.notebook.peerMarks.length > 0) {
          const marks = event.result.notebook.peerMarks.join(", ");
          this.#say(`      marks of other tools that apply: ${marks}\n`);
        }
        for (const failure of event.result.failures) {
          this.#say(describeFailure(event.result, failure));
        }
        break;
      case "run-end":
        clearInterval(this.#tick);
        this.#clear();
        this.#end(event.results, event.milliseconds, event.left);
        return;
    }
    this.#progress();
  }

  #at(notebook: Notebook, at: string): void {
    this.#running.set(notebook.file, { at, since: performance.now() });
  }

  #end(results: readonly RunResult[], milliseconds: number, left: number): void {
    const failed = results.filter((result) => result.failures.length > 0).length;
    const rest = left > 0 ? `, ${left} not run` : "";
    const slow = this.#slowest.filter((cell) => cell.milliseconds >= WORTH_NAMING_MS);
    const names = slow.map((cell) => `  ${seconds(cell.milliseconds)}  ${cell.where}\n`).join("");
    if (names !== "") this.#say(`\nslowest cells:\n${names}`);
    this.#say(
      `\n${results.length - failed} of ${this.#total} notebooks passed, ${failed} failed${rest}, ` +
        `in ${seconds(milliseconds)}\n`,
    );
  }

  #line({ notebook, failures, milliseconds, written }: RunResult): string {
    const mark = failures.length > 0 ? "FAIL" : written ? "new " : "ok  ";
    const names = failures.map(({ verdict }) => VERDICTS[verdict].title);
    const why = failures.length > 0 ? `: ${[...new Set(names)].join(", ")}` : "";
    const cells = `${notebook.cells.length} cells`;
    return `[${this.#done}/${this.#total}] ${mark} ${harmlessLine(shortPath(notebook.file))}  ${cells}, ${seconds(milliseconds)}${why}\n`;
  }

  #progress(): void {
    if (!this.target.isTerminal) return;
    const running = [...this.#running].map(([file, { at, since }]) => {
      const elapsed = performance.now() - since;
      const slow = elapsed >= SLOW_MS ? " (slow)" : "";
      return `${shortPath(file)} ${at} ${seconds(elapsed)}${slow}`;
    });
    this.#clear();
    if (running.length === 0) return;
    const text = `[${this.#done}/${this.#total}] ${running.join(", ")}`;
    this.target.write(harmlessLine(text).slice(0, this.target.columns - 1));
  }

  #say(text: string): void {
    this.target.write(harmless(text));
  }

  #clear(): void {
    if (this.target.isTerminal) this.target.write("\r\u001b[K");
  }
}
