import type { CodeCell } from "./notebook.js";

type Tagged = Pick<CodeCell, "tags" | "raises">;

/** The tags of a cell that the runner heeds. */
export const TAGS = {
  "raises-exception":
    'The cell must fail. "raises-exception: TEXT", or {"redis-lab": {"raises": "TEXT"}} in its metadata, ' +
    "also asks that name and message of the error contain TEXT.",
  volatile: "Numbers and ids in its outputs may change from run to run.",
  skip: 'The cell does not run, and its stored outputs stay; "skip-execution" means the same.',
  "ignore-output": "The cell runs; what it puts out is not compared.",
  "check-output": "What it puts out is compared, also with --no-compare.",
  "end-notebook": "The notebook ends with this cell, as passed where nothing has failed before.",
  "allow-leaks": "Processes, timers and connections may still be open when the notebook ends.",
  slow: "The cell may take ten times as long as others (--cell-timeout).",
} as const;

/**
 * Whether a cell must fail, and how.
 *
 * @returns undefined when it must not; a text that the error must contain, which may be empty
 */
export function expectedError({ tags, raises }: Tagged): string | undefined {
  const tag = tags.find((one) => /^raises-exception\s*(:|$)/.test(one));
  const told = tag?.replace(/^raises-exception\s*:?/, "").trim();
  return raises ?? told;
}

export function isSkipped({ tags }: Tagged): boolean {
  return tags.includes("skip") || tags.includes("skip-execution");
}

/** Whether the outputs of a cell are compared, where those of others are (or are not). */
export function isCompared({ tags }: Tagged, others: boolean): boolean {
  return tags.includes("check-output") || (others && !tags.includes("ignore-output"));
}

export function endsNotebook({ tags }: Tagged): boolean {
  return tags.includes("end-notebook");
}

/** How many times the usual limit a cell may take. */
export function patienceFor({ tags }: Tagged): number {
  return tags.includes("slow") ? 10 : 1;
}
