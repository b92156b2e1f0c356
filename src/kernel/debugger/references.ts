import { DebugError } from "../errors.js";
import type { StopFrame } from "./stop.js";

/** What a front end can open: each has a number. */
export type Opened =
  | {
      readonly kind: "object";
      readonly objectId: string;
      /** The expression that gives it; empty when there is none. */
      readonly path: string;
      readonly group: Group;
    }
  | {
      /** A part of a long array, map or set. */
      readonly kind: "range";
      readonly objectId: string;
      readonly path: string;
      readonly group: Group;
      readonly start: number;
      readonly count: number;
      readonly isNamed: boolean;
    }
  | {
      /** A getter that is called when it is opened. */
      readonly kind: "getter";
      readonly objectId: string;
      readonly name: string;
      readonly path: string;
      readonly group: Group;
    }
  | {
      readonly kind: "scope";
      readonly frame: StopFrame;
      /** Which of V8's scopes. */
      readonly scopes: readonly number[];
      readonly group: Group;
    }
  | { readonly kind: "notebook"; readonly frame: StopFrame | undefined; readonly group: Group };

/** What is of a stop ends with it; what the variables panel shows, when it is shown anew. */
export type Group = string;

/** The numbers that front ends have for what they can open. A number is never used again. */
export class References {
  readonly #opened = new Map<number, Opened>();
  #last = 0;

  add(opened: Opened): number {
    this.#opened.set(++this.#last, opened);
    return this.#last;
  }

  /** @throws {DebugError} for a number that was not given, or is no longer good */
  get(reference: number): Opened {
    const opened = this.#opened.get(reference);
    if (opened === undefined) {
      throw new DebugError(`There are no variables under the number ${reference} (any more).`);
    }
    return opened;
  }

  forget(group: Group): void {
    for (const [reference, opened] of this.#opened) {
      if (opened.group === group) this.#opened.delete(reference);
    }
  }
}
