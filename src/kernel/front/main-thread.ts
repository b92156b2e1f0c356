import { Session } from "node:inspector";

/** The main thread as its debugger sees it: reached also from within a loop. */
export class MainThread {
  #session: Session | undefined;

  /** Runs code in between, whatever the main thread does. */
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
