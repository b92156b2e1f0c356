import { syncBuiltinESMExports } from "node:module";
import readline from "node:readline";
import promises from "node:readline/promises";
import { Readable } from "node:stream";
import { NoInputError } from "../errors.js";
import { inNoCell, owningCell, runningCell, type Cell } from "./cell.js";
import type { Input } from "./input.js";

type Lines = readline.Interface | promises.Interface;
type Create = (...values: unknown[]) => Lines;

/** How often it is looked whether a cell waits for a line. */
const LOOK_MS = 50;
const { setImmediate, setInterval, clearInterval } = globalThis;

/**
 * What cells have as `process.stdin`: each line is asked of the user, but only when a cell really
 * waits for one. A reader that was only made, or is left open, asks nothing.
 */
class StandardInput extends Readable {
  readonly fd = 0;
  /** The readers of lines, with the cell that last asked for one, or listens for them. */
  readonly #readers = new Map<Lines, Cell | undefined>();
  readonly #asked = new Set<Lines>();
  #listener: Cell | undefined;
  #isWanted = false;
  #isAsking = false;
  #timer: NodeJS.Timeout | undefined;

  // With a property `input`, `createInterface(process.stdin)` would take it for options.
  readonly #input: Input;

  constructor(input: Input) {
    super();
    this.#input = input;
    // Told before the listener is there; those of `readline` are counted in `#waits`.
    this.on("newListener", (event) => {
      if (event === "data" || event === "readable") this.#listener = owningCell();
    });
  }

  /** A cell begins: it may wait for a line of a reader that another has left open. */
  look(): void {
    if (!this.#isWanted) return;
    this.#timer ??= setInterval(() => this.#lookNow(), LOOK_MS).unref();
  }

  override _read(): void {
    this.#isWanted = true;
    this.look();
  }

  /** There is nothing that would keep the process alive. */
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  /** Asks for what a reader of lines waits for. */
  watch(lines: Lines): void {
    this.#readers.set(lines, undefined);
    inNoCell(() => {
      lines.on("newListener", (event) => {
        if (event === "line") this.#readers.set(lines, owningCell());
      });
    });
    lines.once("close", () => {
      this.#readers.delete(lines);
      this.#asked.delete(lines);
    });
    const prompt = lines.prompt.bind(lines);
    // `question` calls it, too.
    lines.prompt = (preserveCursor) => {
      prompt(preserveCursor);
      this.#readers.set(lines, owningCell());
      this.#asked.add(lines);
      setImmediate(() => this.#lookNow());
    };
  }

  #lookNow(): void {
    const cell = runningCell();
    if (cell === undefined || !this.#isWanted) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else if (!this.#isAsking && this.#waits(cell)) {
      void this.#ask(cell);
    }
  }

  #waits(cell: Cell): boolean {
    const isListener = ([lines, owner]: [Lines, Cell | undefined]) =>
      owner === cell && (this.#asked.has(lines) || lines.listenerCount("line") > 0);
    if ([...this.#readers].some(isListener)) return true;
    if (this.#listener !== cell) return false;
    const others = this.listenerCount("data") > this.#readers.size && this.readableFlowing;
    return others === true || this.listenerCount("readable") > 0;
  }

  async #ask(cell: Cell): Promise<void> {
    if (!cell.allowStdin) return cell.fail(new NoInputError());
    this.#isAsking = true;
    const line = await this.#input.askLater(cell);
    this.#isAsking = false;
    this.#asked.clear();
    if (line === undefined) return;
    this.#isWanted = false;
    this.push(`${line}\n`);
  }
}

/**
 * Puts it in place of `process.stdin`; a new one, where a cell has ended the last one by leaving its
 * loop over it.
 *
 * @returns what is to be called when a cell begins
 */
export function installStandardInput(input: Input): () => void {
  let current = new StandardInput(input);
  const get = () => (current.destroyed ? (current = new StandardInput(input)) : current);
  Object.defineProperty(process, "stdin", { get, configurable: true });
  for (const module of [readline, promises] as unknown as { createInterface: Create }[]) {
    const { createInterface } = module;
    const create = (...values: unknown[]): Lines => {
      const lines = createInterface(...values);
      const { input: source } = lines as unknown as { input: unknown };
      if (source === current) current.watch(lines);
      return lines;
    };
    Object.defineProperty(create, "name", { value: "createInterface" });
    module.createInterface = create;
  }
  syncBuiltinESMExports();
  return () => current.look();
}
