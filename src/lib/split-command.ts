const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", a: "\u0007" };

/**
 * Splits a line into a command and its arguments as redis-cli does: white space separates, double
 * quotes take `\n`, `\r`, `\t`, `\b`, `\a`, `\xHH` and `\"`, single quotes only `\'`.
 *
 * @returns the arguments as bytes; undefined when quotes are not balanced
 */
export function splitCommand(line: string): Buffer[] | undefined {
  const args: Buffer[] = [];
  let rest = line.trim();
  while (rest !== "") {
    const quoted =
      /^"((?:\\[^]|[^"\\])*)"(?=\s|$)|^'((?:\\'|[^'])*)'(?=\s|$)|^[^\s"']+(?=\s|$)/.exec(rest);
    if (quoted === null) return undefined;
    const [all, double, single] = quoted;
    if (double !== undefined) args.push(unescape(double));
    else args.push(Buffer.from(single === undefined ? all : single.replaceAll("\\'", "'")));
    rest = rest.slice(all.length).trimStart();
  }
  return args;
}

function unescape(text: string): Buffer {
  const parts = text.split(/(\\x[\da-fA-F]{2}|\\[^])/);
  return Buffer.concat(
    parts.map((part) => {
      if (/^\\x[\da-fA-F]{2}$/.test(part)) return Buffer.from(part.slice(2), "hex");
      if (part.startsWith("\\")) return Buffer.from(ESCAPES[part.slice(1)] ?? part.slice(1));
      return Buffer.from(part);
    }),
  );
}
