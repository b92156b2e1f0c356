import { KeyboardInterrupt, NoInputError } from "../errors.js";
import { SHARED } from "../link.js";
import { currentCell, type Cell } from "./cell.js";
import type { Outbox } from "./outbox.js";

/** What the protocol thread writes into the shared number instead of a length. */
const REFUSED = -1;

/** Asks the user, as `prompt` and `confirm` of a browser do: the cell stands still until then. */
export class Input {
  #answered: (text: string | undefined) => void = () => {};

  constructor(
    private readonly outbox: Outbox,
    private readonly shared: Int32Array,
    private readonly bytes: Uint8Array,
  ) {}

  /**
   * Adds `prompt`, `confirm` and `alert` to the global scope. Where the front end does not pass on
   * questions they answer as those of a browser that shows no dialogs: null, false, nothing.
   */
  install(): void {
    const functions = {
      prompt: (message = "", fallback = "") =>
        this.#mayAsk() ? this.ask(message) || fallback : null,
      confirm: (message = "") =>
        this.#mayAsk() && /^y(es)?$/i.test(this.ask(`${message} [y/N] `).trim()),
      alert: (message = "") => void (this.#mayAsk() && this.ask(`${message} [Enter] `)),
    };
    for (const [name, value] of Object.entries(functions)) {
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
    }
  }

  #mayAsk(): boolean {
    const cell = currentCell();
    return cell?.running === true && cell.allowStdin;
  }

  /**
   * Waits for a line.
   *
   * @param password do not show what is typed
   * @throws {NoInputError} when the front end does not pass on questions
   * @throws {KeyboardInterrupt} when the user stops the cell instead
   */
  ask(prompt: string, password = false): string {
    const cell = currentCell();
    if (cell?.running !== true || !cell.allowStdin) throw new NoInputError();
    this.outbox.flush();
    Atomics.store(this.shared, SHARED.input, 0);
    this.outbox.send({ type: "input", parent: cell.parent, prompt, password, isLater: false });
    Atomics.wait(this.shared, SHARED.input, 0);
    const length = Atomics.load(this.shared, SHARED.input);
    if (length === REFUSED) {
      cell.interrupt();
      throw new KeyboardInterrupt();
    }
    return Buffer.from(this.bytes.slice(0, length - 1)).toString("utf8");
  }

  /**
   * Asks for a line, and lets the cell run on meanwhile. What the cell has begun to print on its last
   * line is the question.
   *
   * @returns undefined when the user stops the cell instead
   */
  askLater({ parent }: Cell): Promise<string | undefined> {
    const prompt = this.outbox.takeLine();
    this.outbox.flush();
    this.outbox.send({ type: "input", parent, prompt, password: false, isLater: true });
    return new Promise((resolve) => (this.#answered = resolve));
  }

  /** The answer to that. */
  answered(text: string | undefined): void {
    this.#answered(text);
  }
}
