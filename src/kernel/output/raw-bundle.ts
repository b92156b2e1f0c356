import { inspect } from "node:util";

const TYPE = /^(application|audio|font|image|message|model|multipart|text|video)\/[\w!#$&^.+-]+/;

/** Whether a value is a bundle as it is: an object of which every key is a MIME type. */
export function isRawBundle(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const types = Object.keys(value);
  return types.length > 0 && types.every((type) => TYPE.test(type));
}

/** So long is the text that stands for something else. */
const LIMIT = 2000;

/** A text for what is shown in other ways, for front ends that show texts only. */
export function textFor(data: Readonly<Record<string, unknown>>): string {
  const types = Object.keys(data);
  const readable = types.find((type) => /^text\/(?!html|plain|vnd)/.test(type));
  if (readable !== undefined) return shortened(String(data[readable]));
  if (typeof data["text/html"] === "string") {
    const text = textOfHtml(data["text/html"]);
    if (text !== "") return shortened(text);
  }
  const [type = "", value] = Object.entries(data)[0] ?? [];
  if (typeof value === "object") return `[${type}] ${shortened(inspect(value, { depth: 1 }))}`;
  const title = /^<svg\b[^>]*>\s*<title>([^<]*)</.exec(typeof value === "string" ? value : "")?.[1];
  return title === undefined ? `[${type}]` : shortened(`[${type}] ${textOfHtml(title)}`);
}

function shortened(text: string): string {
  return text.length > LIMIT ? `${text.slice(0, LIMIT)}…` : text;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
  "#39": "'",
};

/** What is read of a page: no scripts, styles or tags; the cells of a row stand side by side. */
function textOfHtml(html: string): string {
  return html
    .replace(/<(script|style)\b[^]*?<\/\1\s*>|<!--[^]*?-->/gi, "")
    .replace(/<\/t[dh]\s*>\s*(?=<t[dh]\b)/gi, "\t")
    .replace(/<(?:br|\/(?:p|div|li|tr|h\d|pre|table|ul|ol))\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\n\s*\n/g, "\n")
    .trim();
}
