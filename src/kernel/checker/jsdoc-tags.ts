import { scanOpen } from "./scan.js";

/** Source: the index of tags in the documentation of JSDoc, and that of TypeScript. */
const TAGS =
  "abstract access alias argument async augments author borrows callback class classdesc constant constructor constructs copyright default deprecated description enum event example exports extends external file fires function generator global hideconstructor ignore implements import inheritdoc inner instance interface kind lends license link listens member memberof method mixes mixin module name namespace override overload package param private prop property protected public readonly requires returns satisfies see since static summary template this throws todo type typedef var variation version virtual yields".split(
    " ",
  );

/**
 * The tags that could stand at a cursor in a documentation comment where nothing is written yet but an
 * `@` and letters.
 *
 * @returns the tags, and how much of them is typed; undefined elsewhere
 */
export function jsdocTags(before: string): { tags: string[]; typed: string } | undefined {
  const { within, start } = scanOpen(before);
  if (within !== "comment" || !before.startsWith("/**", start)) return undefined;
  const typed = /(?:^|[\n*])[^\S\n]*(@?\w*)$/.exec(before.slice(start + 1))?.[1];
  if (typed === undefined || /^\w/.test(typed)) return undefined;
  if (typed.startsWith("@")) return { tags: TAGS, typed: typed.slice(1) };
  return { tags: TAGS.map((tag) => `@${tag}`), typed };
}
