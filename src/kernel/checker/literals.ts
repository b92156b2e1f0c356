/** After these a value has to stand, of which the type may be known. */
const BEFORE_VALUE = /(?:[=(,:?|&[]|=>|\breturn|\bcase)\s*$/;

/**
 * The cell with an empty text in place of the word at the cursor: what could stand in it are the texts
 * that the type of the value allows.
 *
 * @returns undefined where no value can stand
 */
export function withEmptyText(
  code: string,
  wordStart: number,
  wordEnd: number,
): { code: string; cursor: number } | undefined {
  const before = code.slice(0, wordStart);
  if (!BEFORE_VALUE.test(before)) return undefined;
  return { code: `${before}""${code.slice(wordEnd)}`, cursor: wordStart + 1 };
}
