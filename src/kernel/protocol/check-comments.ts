import type { CheckMode } from "../settings.js";

const MODES: Readonly<Record<string, CheckMode>> = {
  on: "error",
  error: "error",
  warn: "warn",
  off: "off",
};

/** What the comments at the start of a cell say about checking types. */
export interface CheckComments {
  /** `// @ts-nocheck`: not this cell. */
  readonly skip: boolean;
  /** `// @ts-check`: all of this cell, though it is JavaScript. */
  readonly whole: boolean;
  /** `// @check off`, `warn` or `on`: from this cell on. */
  readonly mode: CheckMode | undefined;
}

/** Reads the comments before the first line of code. */
export function checkComments(code: string): CheckComments {
  const [comments = ""] = /^(?:\s*(?:\/\/|#!).*(?:\n|$))*/.exec(code) ?? [];
  const [, word = ""] = /^\s*\/\/\s*@check\s+(\w+)\s*$/m.exec(comments) ?? [];
  return {
    skip: /^\s*\/\/\s*@ts-nocheck\b/m.test(comments),
    whole: /^\s*\/\/\s*@ts-check\b/m.test(comments),
    mode: MODES[word],
  };
}
