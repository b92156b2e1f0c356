import { escapeHtml } from "./escape.js";

/** What a terminal would make bold or coloured, as spans with the classes `ansi-bold`, `ansi-31`. */
export function ansiToHtml(text: string): string {
  let classes: string[] = [];
  // eslint-disable-next-line no-control-regex
  const parts = text.split(/\u001b\[([\d;]*)m/);
  return parts
    .map((part, index) => {
      if (index % 2 === 1) {
        classes = changed(classes, part);
        return "";
      }
      // Other sequences move a cursor that there is none of.
      // eslint-disable-next-line no-control-regex
      const html = escapeHtml(part.replace(/\u001b\[[\d;?]*[A-Za-z]/g, ""));
      return classes.length === 0 || html === ""
        ? html
        : `<span class="${classes.join(" ")}">${html}</span>`;
    })
    .join("");
}

function changed(classes: readonly string[], codes: string): string[] {
  let now = [...classes];
  const numbers = (codes || "0").split(";").map(Number);
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers[i] ?? 0;
    const isColour = (code >= 30 && code <= 37) || (code >= 90 && code <= 97);
    if (code === 0) now = [];
    else if (code === 1) now.push("ansi-bold");
    else if (code === 22) now = now.filter((name) => name !== "ansi-bold");
    else if (isColour || code === 39) now = now.filter((name) => name === "ansi-bold");
    // One of 256 colours, or of all: their numbers follow.
    else if (code === 38 || code === 48) i += numbers[i + 1] === 5 ? 2 : 4;
    if (isColour) now.push(`ansi-${code >= 90 ? code - 60 : code}`);
  }
  return now;
}
