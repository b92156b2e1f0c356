/**
 * Arguments whose exact value no reply can show, whatever the cell prints: limits of waits,
 * lifetimes in milliseconds, which have begun to run down before they can be read, and hints of how
 * much to look at in one step. By command and position.
 */
const BY_POSITION: Readonly<Record<string, number>> = {
  blmove: 4,
  blmpop: 0,
  brpoplpush: 2,
  bzmpop: 0,
  pexpire: 1,
  psetex: 1,
  wait: 1,
  xautoclaim: 3,
  xclaim: 3,
};
/** Those whose last argument is the limit of a wait. */
const WAIT_LAST = new Set(["blpop", "brpop", "bzpopmax", "bzpopmin"]);
/** By the word before them. */
const BY_WORD = /^(px|block|idle)$/i;
const SCANS = /^[hsz]?scan$/;

/**
 * Whether the exact value of an argument cannot be seen by nature.
 *
 * @param command in lower case
 * @param words the arguments that are texts; undefined for all others
 * @param index which argument, from 0
 */
export function isBlind(
  command: string,
  words: readonly (string | undefined)[],
  index: number,
): boolean {
  if (BY_POSITION[command] === index) return true;
  if (WAIT_LAST.has(command) && index === words.length - 1) return true;
  const before = words[index - 1] ?? "";
  return BY_WORD.test(before) || (SCANS.test(command) && /^count$/i.test(before));
}
