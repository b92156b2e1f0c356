import { SHARED } from "../link.js";
import type { MainThread } from "./main-thread.js";

const LOOK_MS = 100;

/**
 * Fetches the text that waits in the main thread while a loop keeps it from sending it: a cell that
 * prints and then computes shows what it printed.
 */
export class LateText {
  #timer: NodeJS.Timeout | undefined;
  #waited = false;

  constructor(
    private readonly shared: Int32Array,
    private readonly main: MainThread,
  ) {}

  /** While a cell runs. */
  watch(): void {
    this.#waited = false;
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS);
  }

  /** Its end has sent everything. */
  rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const waits = Atomics.load(this.shared, SHARED.textWaits) === 1;
    // Twice in a row: the main thread had its time.
    if (waits && this.#waited) this.main.call("$kernel$.flush()");
    this.#waited = waits;
  }
}
