import { isObject } from "./stored-output.js";

/** What marks of other tools say about a cell, in this runner's own words. */
export interface PeerMarks {
  /** Tags of this runner that mean the same. */
  readonly tags: readonly string[];
  /** The marks that apply, as they are written. */
  readonly applied: readonly string[];
  /** Variables that are set after the cell has run (nbmake's `mock`). */
  readonly mocks: Readonly<Record<string, unknown>>;
  /** Code that runs after the cell (nbmake's `post_cell_execute`). */
  readonly afterwards: string;
}

/** Marks that overrule each other: of these the last one holds. */
const GROUPS: readonly (readonly string[])[] = [["ignore-output", "check-output"]];

const MEANINGS: Readonly<Record<string, string>> = {
  PYTEST_VALIDATE_IGNORE_OUTPUT: "ignore-output",
  NBVAL_IGNORE_OUTPUT: "ignore-output",
  NBVAL_CHECK_OUTPUT: "check-output",
  NBVAL_RAISES_EXCEPTION: "raises-exception",
  NBVAL_SKIP: "skip",
  "skip-execution": "skip",
};

/**
 * Reads nbval's comments and tags (a comment overrules a tag), nbclient's `skip-execution` and
 * nbmake's metadata of a cell.
 *
 * Source: the documentation of nbval, nbclient and nbmake.
 */
export function peerMarks(
  source: string,
  tags: readonly string[],
  metadata: Readonly<Record<string, unknown>>,
): PeerMarks {
  const comments = source.split("\n").flatMap((line) => {
    const comment = /^\s*(?:#+|\/\/)\s*(\w+)\s*$/.exec(line)?.[1] ?? "";
    return meaningOf(comment) === undefined ? [] : [comment];
  });
  const marks = [...tags.filter((tag) => meaningOf(tag) !== undefined), ...comments];
  const applied = marks.filter((mark, index) => {
    const meaning = meaningOf(mark) ?? "";
    const group = GROUPS.find((names) => names.includes(meaning)) ?? [];
    return !marks.slice(index + 1).some((later) => group.includes(meaningOf(later) ?? ""));
  });
  const { mock, post_cell_execute: after } = isObject(metadata["nbmake"]) ? metadata["nbmake"] : {};
  const mocks = isObject(mock) ? mock : {};
  const afterwards = Array.isArray(after) ? after.map(String).join("\n") : "";
  return {
    tags: applied.map((mark) => meaningOf(mark) ?? mark),
    applied: [
      ...applied,
      ...(Object.keys(mocks).length > 0 ? ["nbmake.mock"] : []),
      ...(afterwards === "" ? [] : ["nbmake.post_cell_execute"]),
    ],
    mocks,
    afterwards,
  };
}

/** A tag is the comment in small letters with hyphens. */
function meaningOf(mark: string): string | undefined {
  if (Object.hasOwn(MEANINGS, mark)) return MEANINGS[mark];
  const comment = mark.toUpperCase().replaceAll("-", "_");
  const isTag = mark === comment.toLowerCase().replaceAll("_", "-");
  return isTag && Object.hasOwn(MEANINGS, comment) ? MEANINGS[comment] : undefined;
}

/** What nbmake, and tools like it, read of a notebook's metadata. */
export interface PeerSettings {
  /** In seconds; Infinity: no limit. */
  readonly cellTimeoutSeconds?: number;
  readonly allowErrors?: boolean;
  readonly applied: readonly string[];
}

export function peerSettings(metadata: unknown): PeerSettings {
  const { execution } = isObject(metadata) ? metadata : {};
  const { timeout, allow_errors: allowErrors } = isObject(execution) ? execution : {};
  const limit = timeout === null ? -1 : timeout;
  return {
    ...(typeof limit === "number" ? { cellTimeoutSeconds: limit > 0 ? limit : Infinity } : {}),
    ...(allowErrors === true ? { allowErrors } : {}),
    applied: [
      ...(typeof limit === "number" ? ["execution.timeout"] : []),
      ...(allowErrors === true ? ["execution.allow_errors"] : []),
    ],
  };
}
