import { SENTENCES } from "./sentences.js";

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
  const whole = SENTENCES[english];
  if (whole !== undefined) return whole;
  patterns ??= Object.entries(SENTENCES)
    .filter(([sentence]) => sentence.includes(HOLE))
    .toSorted(([a], [b]) => b.length - a.length)
    .map(([sentence, polish]) => ({ matches: patternOf(sentence), polish }));
  for (const { matches, polish } of patterns) {
    const [, ...parts] = matches.exec(english) ?? [];
    if (parts.length > 0) return filled(polish, parts.map(polishPart));
  }
  return english;
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
