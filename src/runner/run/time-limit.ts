/**
 * A signal that aborts after some time. In place of AbortSignal.timeout: inside AbortSignal.any, Node
 * 20 holds one weakly, so that a garbage collection takes the time limit away.
 */
export class TimeLimit {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(seconds: number) {
    this.#timer = setTimeout(() => this.#controller.abort(), seconds * 1000);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** To be called when the limit is of no more use: until then the process does not end. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}
