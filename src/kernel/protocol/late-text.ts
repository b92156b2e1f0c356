import { SHARED } from "../link.js";
import type { RuntimeSession } from "./runtime-session.js";

const LOOK_MS = 100;

/**
 * Fetches the text that waits in the runtime while a loop keeps it from sending it: a cell that
 * prints and then computes shows what it printed.
 */
export class LateText {
  #timer: NodeJS.Timeout | undefined;
  #waited = false;

  constructor(
    private readonly shared: Int32Array,
    private readonly runtime: RuntimeSession,
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
    // Twice in a row: the runtime had its time.
    if (waits && this.#waited) this.runtime.call("$kernel$.flush()");
    this.#waited = waits;
  }
}
