/** A reply of Redis's type "simple string", such as OK, which redis-cli shows without quotes. */
export class Status {
  constructor(readonly text: string) {}
}

const ESCAPES: Record<string, string> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\u0007": "\\a",
  "\b": "\\b",
};

/**
 * Shows a reply in redis-cli's own notation.
 *
 * @param reply a string or Buffer (`"a"`, bytes beyond ASCII as `\xc5`), number (`(integer) 1`,
 *   `(double) 0.5`), bigint, boolean, null or undefined (`(nil)`), Error (`(error) ERR ...`), array
 *   (`1) "a"`, nested ones indented), Set, Map or object (`1# "field" => "value"`)
 * @returns one or more lines, without a line end
 */
export function formatReply(reply: unknown): string {
  return format(reply, "");
}

/** Prints a reply in redis-cli's own notation: see `formatReply`. */
export function showReply(reply: unknown): void {
  console.log(formatReply(reply));
}

function format(reply: unknown, prefix: string): string {
  if (reply === null || reply === undefined) return "(nil)";
  if (reply instanceof Status) return reply.text;
  if (reply instanceof Error) return `(error) ${reply.message}`;
  if (typeof reply === "string") return quote(Buffer.from(reply));
  if (reply instanceof Uint8Array) return quote(Buffer.from(reply));
  if (typeof reply === "boolean") return reply ? "(true)" : "(false)";
  if (typeof reply === "bigint") return `(integer) ${reply}`;
  if (typeof reply === "number") {
    return Number.isInteger(reply) ? `(integer) ${reply}` : `(double) ${reply}`;
  }
  if (Array.isArray(reply)) return formatItems(reply, ")", prefix, "(empty array)");
  if (reply instanceof Set) return formatItems([...reply], "~", prefix, "(empty set)");
  const entries = reply instanceof Map ? [...reply] : Object.entries(reply);
  return formatEntries(entries, prefix);
}

/** As redis-cli: numbers of equal width, and what belongs to an item starts below its text. */
function formatItems(items: unknown[], separator: string, prefix: string, empty: string): string {
  if (items.length === 0) return empty;
  const width = String(items.length).length;
  const inner = prefix + " ".repeat(width + 2);
  return items
    .map((item, index) => {
      const number = `${String(index + 1).padStart(width)}${separator} `;
      return (index === 0 ? "" : prefix) + number + format(item, inner);
    })
    .join("\n");
}

function formatEntries(entries: [unknown, unknown][], prefix: string): string {
  if (entries.length === 0) return "(empty hash)";
  const width = String(entries.length).length;
  const inner = prefix + " ".repeat(width + 2);
  return entries
    .map(([key, value], index) => {
      const number = `${String(index + 1).padStart(width)}# `;
      return `${index === 0 ? "" : prefix}${number}${format(key, inner)} => ${format(value, inner)}`;
    })
    .join("\n");
}

function quote(bytes: Buffer): string {
  let text = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (ESCAPES[character] !== undefined) text += ESCAPES[character];
    else if (byte >= 0x20 && byte < 0x7f) text += character;
    else text += `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  return `"${text}"`;
}
