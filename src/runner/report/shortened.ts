/** A text of at most so many characters; where some are left out, their number stands for them. */
export function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  // Not half a character at the end.
  const kept = text.slice(0, characters).replace(/[\ud800-\udbff]$/, "");
  return `${kept}… (${text.length - kept.length} characters more)`;
}

/** The first lines of a text, each no longer than so many characters. */
export function firstLines(text: string, lines: number, characters: number): string {
  const all = text.split("\n");
  const shown = all.slice(0, lines).map((line) => shortened(line, characters));
  const more = all.length > lines ? [`... and ${all.length - lines} lines more`] : [];
  return [...shown, ...more].join("\n");
}
