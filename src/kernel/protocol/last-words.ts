import { SHARED, type CellError, type ProtocolThreadData } from "../link.js";
import { red } from "../output/colours.js";

/** What V8 and Node write before a process ends by a fatal error, from its first line to its last. */
const BEGIN = /\n*(<--- Last few GCs --->|FATAL ERROR: )/;
const END = /Writing Node\.js report to file: \d+/;
/** A child process may write the same, and end: then it is shown. */
const HELD_MS = 1000;

/**
 * Knows when the runtime is at its end by a fatal error: it then stands still for ever, see
 * `runtime/fatal-brake.ts`.
 */
export class LastWords {
  /** Set as soon as it is known. */
  heapLimit = 0;
  #held = "";
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param show shows text that was held back for nothing
   * @param onFatal is called once, with what a user should know
   */
  constructor(
    private readonly data: ProtocolThreadData,
    private readonly show: (text: string) => void,
    private readonly onFatal: (error: CellError) => void,
  ) {}

  /** Takes what was written to stderr, and gives what of it is to be shown now. */
  without(text: string): string {
    const begin = this.#held === "" ? text.search(BEGIN) : 0;
    if (begin < 0) return text;
    this.#held += text.slice(begin);
    this.#timer ??= setTimeout(() => this.#release(), HELD_MS);
    if (END.test(this.#held)) {
      clearTimeout(this.#timer);
      this.onFatal(this.#describe());
    }
    return text.slice(0, begin);
  }

  /** What was printed last, and waits in the runtime. */
  waitingText(): { readonly name: string; readonly text: string } {
    const { shared, text } = this.data;
    const bytes = text.slice(0, Atomics.load(shared, SHARED.textBytes));
    const name = Atomics.load(shared, SHARED.textIsError) === 1 ? "stderr" : "stdout";
    return { name, text: Buffer.from(bytes).toString() };
  }

  #describe(): CellError {
    const reason = /FATAL ERROR: (.*)/.exec(this.#held)?.[1] ?? "a fatal error";
    const isMemory = /out of memory/i.test(reason);
    const megabytes = Math.round(this.heapLimit / 1024 ** 2);
    const ename = isMemory ? "OutOfMemoryError" : "FatalError";
    const evalue = isMemory
      ? `The memory of this kernel is used up (${megabytes} MB), so it ends, with all variables. ` +
        "NODE_OPTIONS=--max-old-space-size=8192, set before Jupyter starts, gives it 8192 MB."
      : `This kernel ends by a fatal error, with all variables: ${reason}`;
    return { ename, evalue, traceback: [`${red(ename)}: ${evalue}`] };
  }

  #release(): void {
    this.#timer = undefined;
    this.show(this.#held);
    this.#held = "";
  }
}
