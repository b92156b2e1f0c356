/** Lets work begin while its costs together stay below a limit; the rest waits its turn. */
export class Budget {
  #used = 0;
  readonly #waiting: { cost: number; begin: () => void }[] = [];

  constructor(readonly limit: number) {}

  /**
   * Does work as soon as there is room for it. What costs more than the limit runs alone.
   *
   * @returns what the work returns
   */
  async run<T>(cost: number, work: () => Promise<T>): Promise<T> {
    const share = Math.min(cost, this.limit);
    await new Promise<void>((begin) => {
      this.#waiting.push({ cost: share, begin });
      this.#next();
    });
    try {
      return await work();
    } finally {
      this.#used -= share;
      this.#next();
    }
  }

  #next(): void {
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      if (this.#used + first.cost > this.limit) return;
      this.#waiting.shift();
      this.#used += first.cost;
      first.begin();
    }
  }
}
