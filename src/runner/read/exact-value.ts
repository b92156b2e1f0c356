import { elementsAt, membersAt } from "./json-places.js";

/** A number as it was written: a double would change it. */
export class ExactNumber {
  constructor(readonly text: string) {}

  get isInteger(): boolean {
    return /^-?\d+$/.test(this.text);
  }
}

/** What JSON and YAML can say, numbers as they were written. */
export type ExactValue =
  null | boolean | string | ExactNumber | readonly ExactValue[] | ReadonlyMap<string, ExactValue>;

/**
 * Reads JSON.
 *
 * @throws {SyntaxError} as JSON.parse does
 */
export function parseExact(text: string): ExactValue {
  JSON.parse(text);
  return valueIn(text.trim());
}

function valueIn(text: string): ExactValue {
  switch (text[0]) {
    case "{": {
      const members = membersAt(text, 0);
      return new Map(
        members.map(({ name, value }) => [name, valueIn(text.slice(value.start, value.end))]),
      );
    }
    case "[":
      return elementsAt(text, 0).map(({ start, end }) => valueIn(text.slice(start, end)));
    case '"':
      return JSON.parse(text) as string;
    case "t":
    case "f":
      return text === "true";
    case "n":
      return null;
    default:
      return new ExactNumber(text);
  }
}

/** A value that JSON.parse gave, whose numbers are what they are. */
export function exactly(value: unknown): ExactValue {
  return parseExact(JSON.stringify(value ?? null));
}
