import { Session } from "node:inspector";

/** The runtime as its debugger sees it: reached also from within a loop. */
export class RuntimeSession {
  #session: Session | undefined;

  /** Runs code in between, whatever the runtime does. */
  call(expression: string): void {
    this.#connected().post(
      "Runtime.evaluate",
      { expression, disableBreaks: true, silent: true },
      () => {},
    );
  }

  /**
   * Asks in between, whatever the runtime does.
   *
   * @returns undefined when there is an error, or no answer in time: the runtime may stand still
   */
  ask<T>(method: string, parameters: object, limitMs: number): Promise<T | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), limitMs);
      this.#connected().post(method, parameters, (error: Error | null, result?: object) => {
        clearTimeout(timer);
        resolve(error ? undefined : (result as T));
      });
    });
  }

  #connected(): Session {
    if (this.#session === undefined) {
      this.#session = new Session();
      this.#session.connectToMainThread();
    }
    return this.#session;
  }
}
