import type { CodeCell } from "./notebook.js";

type Tagged = Pick<CodeCell, "tags" | "raises">;

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
