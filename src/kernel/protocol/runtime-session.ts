import { Session } from "node:inspector";

/** The runtime as its debugger sees it: reached also from within a loop. */
export class RuntimeSession {
  #session: Session | undefined;

  /** Runs code in between, whatever the runtime does. */
  call(expression: string): void {
    this.#connected().post("Runtime.evaluate", { expression }, () => {});
  }

  #connected(): Session {
    if (this.#session === undefined) {
      this.#session = new Session();
      this.#session.connectToMainThread();
    }
    return this.#session;
  }
}
