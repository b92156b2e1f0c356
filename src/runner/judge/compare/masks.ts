import { SlowMaskError } from "../../errors.js";
import { inTime } from "./in-time.js";

/** How long a rule of a notebook may take for one text. */
const LONGEST_MS = 2000;

/** A named rule for text that may differ from run to run. */
export interface Mask {
  readonly name: string;
  /** A global expression; each match is replaced. */
  readonly pattern: RegExp;
  /** What stands in the masked text instead. */
  readonly replacement: string;
  /** Set for a rule that a notebook brings, which may take for ever. */
  readonly isForeign?: boolean;
}

const mask = (name: string, pattern: RegExp): Mask => ({ name, pattern, replacement: `<${name}>` });

/** Replaces absolute paths and file URLs of two segments or more; URLs of the web stay. */
export const PATHS = mask(
  "path",
  /(?:file:\/\/|(?<![\p{L}\d_:/.<]))(?:(?:\/[\p{L}\d_.@+~%-]+(?: [\p{L}\d_.@+~%-]+(?=\/))*){2,}\/?|[A-Za-z]:(?:\\[\p{L}\d_.@+~%-]+(?: [\p{L}\d_.@+~%-]+(?=\\))*){2,}\\?)/gu,
);

/** Rules that hold for every cell. The order matters: an earlier rule sees the text first. */
export const BUILT_IN_MASKS: readonly Mask[] = [
  mask("stream-id", /\b\d{13}-\d+\b/g),
  mask(
    "time",
    /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)?/g,
  ),
  mask(
    "time",
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \w{3} \d{1,2},? \d{4},? \d\d:\d\d:\d\d(?: GMT[+-]\d{4})?(?: \([^)]*\))?/g,
  ),
  mask("time", /\b\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?: [AP]M)?\b/g),
  // Milliseconds since 1970 of the years 2017 to 2033.
  mask("time", /\b1[5-9]\d{11}\b/g),
  mask("address", /\bat 0x[\da-f]{6,16}\b/gi),
  mask("duration", /\b\d+(?:\.\d+)? ?(?:ms|µs|μs|us|ns)\b|\b\d+\.\d+ ?s\b/g),
  PATHS,
];

/** Further rules for a cell tagged `volatile`: what is left is the shape of its text. */
export const VOLATILE_MASKS: readonly Mask[] = [
  mask("id", /\b[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\b|\b(?=[a-f]*\d)[\da-f]{16,}\b/gi),
  mask("number", /-?\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b/gi),
];

/**
 * Applies rules to a text, in their order.
 *
 * @param used gets the names of the rules that found something
 * @throws {SlowMaskError} when a rule of the notebook takes too long
 */
export function applyMasks(text: string, masks: readonly Mask[], used?: Set<string>): string {
  return masks.reduce((masked, { name, pattern, replacement, isForeign }) => {
    const replace = () => masked.replace(pattern, () => replacement);
    const result = isForeign ? inTime(replace, LONGEST_MS) : replace();
    if (result === undefined) throw new SlowMaskError(name, LONGEST_MS / 1000);
    if (result !== masked) used?.add(name);
    return result;
  }, text);
}

/**
 * Reads a rule of a notebook's metadata: `{ name, pattern, flags? }`.
 *
 * @throws {TypeError} says what is missing or wrong
 */
export function readMask(value: unknown): Mask {
  const { name, pattern, flags = "" } = (value ?? {}) as Record<string, unknown>;
  if (typeof name !== "string" || name === "" || typeof pattern !== "string") {
    throw new TypeError('a rule in "masks" needs the texts "name" and "pattern"');
  }
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, `${String(flags).replace("g", "")}g`);
  } catch (error) {
    throw new TypeError(`the rule "${name}" in "masks" is wrong: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (expression.test("")) {
    throw new TypeError(`the rule "${name}" in "masks" matches an empty text`);
  }
  return { name, pattern: expression, replacement: `<${name}>`, isForeign: true };
}
