/** A comment, a declaration, or a tag with its attributes, in which a `>` may stand in quotes. */
const TAG =
  /<!--[^]*?-->|<[!?][^>]*>|<(?<close>\/?)(?<name>[A-Za-z][\w:.-]*)(?<rest>(?:"[^"]*"|'[^']*'|[^"'>])*)>/g;
const ATTRIBUTE =
  /(?<name>[^\s=/"'>]+)(?:\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s"'>]+)))?/g;
/** In these each blank counts. */
const VERBATIM = /^(?:pre|textarea|script|style)$/i;

/**
 * HTML, SVG or XML as a document: a line for each tag, its attributes sorted and quoted in one way,
 * white space as a browser shows it, no comments. Two texts that give the same are the same document.
 */
export function asDocument(markup: string): string {
  const lines: string[] = [];
  let at = 0;
  let verbatim = 0;
  const addText = (text: string) => {
    if (verbatim > 0 && text !== "") lines.push(text);
    if (verbatim > 0) return;
    // The rows of a table that is told by its values keep their lines.
    const isTable = text.includes("│");
    const shown = isTable ? text.split("\n") : [text.replace(/\s+/g, " ")];
    lines.push(...shown.map((line) => line.trim()).filter((line) => line !== ""));
  };
  for (const match of markup.matchAll(TAG)) {
    addText(markup.slice(at, match.index));
    at = match.index + match[0].length;
    const { name, close, rest = "" } = match.groups ?? {};
    // Comments and declarations show nothing.
    if (name === undefined) continue;
    if (VERBATIM.test(name)) verbatim = Math.max(0, verbatim + (close ? -1 : 1));
    if (close) lines.push(`</${name}>`);
    else lines.push(`<${[name, ...attributes(rest)].join(" ")}>`);
    // As XML may write an element without content.
    if (!close && /\/\s*$/.test(rest)) {
      lines.push(`</${name}>`);
      if (VERBATIM.test(name)) verbatim--;
    }
  }
  addText(markup.slice(at));
  return `${withoutVoidEnds(lines).join("\n")}\n`;
}

function attributes(text: string): string[] {
  return [...text.matchAll(ATTRIBUTE)]
    .map(({ groups = {} }) => {
      const value = groups["double"] ?? groups["single"] ?? groups["bare"] ?? "";
      return `${groups["name"]}="${groups["name"] === "style" ? style(value) : value}"`;
    })
    .toSorted();
}

function style(value: string): string {
  const parts = value.split(";").map((part) => part.trim().replace(/\s*:\s*/, ": "));
  return parts.filter((part) => part !== "").join("; ");
}

/** HTML does not write the ends of these. */
function withoutVoidEnds(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^<\/(?:br|hr|img|input|link|meta|col|wbr)>$/i.test(line));
}
