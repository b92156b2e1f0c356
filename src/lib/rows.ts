/** A member of a sorted set with its score. */
export interface ScoreRow {
  readonly member: string;
  readonly score: number;
}

/**
 * Pairs the flat reply of a sorted set, `[member, score, member, score, ...]`, for `table`.
 *
 * @param reply of ZRANGE ... WITHSCORES, ZPOPMIN and the like
 * @throws {TypeError} when a score is no number: the reply came without scores
 */
export function scoreRows(reply: readonly string[]): ScoreRow[] {
  return pairs(reply).map(([member, text]) => {
    // Redis writes the infinite scores in its own way.
    const score = Number(text.replace(/^([+-]?)inf$/, "$1Infinity"));
    if (text === "" || Number.isNaN(score)) {
      throw new TypeError(`"${text}" is no score: ask for them, as in ZRANGE ... WITHSCORES.`);
    }
    return { member, score };
  });
}

/**
 * As `scoreRows`, for `barChart`: each member's score by its name, in the order of the reply.
 * (JavaScript puts names that are whole numbers first.)
 */
export function scoreBars(reply: readonly string[]): Record<string, number> {
  return Object.fromEntries(scoreRows(reply).map(({ member, score }) => [member, score]));
}

/**
 * Turns entries of a stream into rows for `table`: the id and a column for each field.
 *
 * @param entries `[id, [field, value, field, value, ...]]` each, as XRANGE gives them
 */
export function entryRows(
  entries: readonly (readonly [id: string, fields: readonly string[]])[],
): Record<string, string>[] {
  return entries.map(([id, fields]) => ({ id, ...Object.fromEntries(pairs(fields)) }));
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: Math.ceil(flat.length / 2) }, (_, index) => [
    flat[2 * index] ?? "",
    flat[2 * index + 1] ?? "",
  ]);
}
