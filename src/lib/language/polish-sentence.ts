import { OF_ANY } from "./sentences/any-section.js";
import { OF_9 } from "./sentences/section-9.js";
import { OF_1_TO_3 } from "./sentences/sections-1-to-3.js";
import { OF_10_TO_13 } from "./sentences/sections-10-to-13.js";
import { OF_4_TO_8 } from "./sentences/sections-4-to-8.js";

const SENTENCES: Readonly<Record<string, string>> = {
  ...OF_ANY,
  ...OF_1_TO_3,
  ...OF_4_TO_8,
  ...OF_9,
  ...OF_10_TO_13,
};

/** A `{}` stands for any text: a call, a value, names of commands, or another sentence. */
const HOLE = "{}";

interface Pattern {
  readonly matches: RegExp;
  readonly polish: string;
}

/** Those with more words of their own come first. */
let patterns: readonly Pattern[] | undefined;

/** A requirement or a hint in Polish; one that nobody has translated stays English. */
export function polishSentence(english: string): string {
  if (Object.hasOwn(SENTENCES, english)) return SENTENCES[english] ?? english;
  for (const { matches, polish } of allPatterns()) {
    const [, ...parts] = matches.exec(english) ?? [];
    if (parts.length > 0) return filled(polish, parts.map(polishPart));
  }
  return english;
}

/** Whether a sentence is in the table; some are the same in both languages. */
export function isTranslated(english: string): boolean {
  return (
    Object.hasOwn(SENTENCES, english) || allPatterns().some(({ matches }) => matches.test(english))
  );
}

function allPatterns(): readonly Pattern[] {
  patterns ??= Object.entries(SENTENCES)
    .filter(([sentence]) => sentence.includes(HOLE))
    .toSorted(([a], [b]) => b.length - a.length)
    .map(([sentence, polish]) => ({ matches: patternOf(sentence), polish }));
  return patterns;
}

function patternOf(sentence: string): RegExp {
  const words = sentence.split(HOLE).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${words.join("(.+?)")}$`, "s");
}

/** `{}` takes the next part, `{2}` the second one: Polish may need another order. */
function filled(polish: string, parts: readonly string[]): string {
  let next = 0;
  return polish.replace(/\{(\d?)\}/g, (_, at: string) =>
    String(parts[at === "" ? next++ : Number(at) - 1]),
  );
}

/** A list of commands, or a sentence within a sentence. */
function polishPart(part: string): string {
  if (/^[A-Z.]+(, [A-Z.]+)*( and | or )([A-Z.]+|\d+ more)$/.test(part)) {
    return part.replace(" and ", " i ").replace(" or ", " lub ").replace(" more", " innych");
  }
  return polishSentence(part);
}
