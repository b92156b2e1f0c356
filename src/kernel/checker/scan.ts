/** What is open where a text ends. */
export interface OpenAtEnd {
  /** What closes the open brackets and templates, the innermost first: `)`, `]`, `}`, "`". */
  readonly closers: readonly string[];
  /** In what the text ends. A string that its line ends counts as open only in the last line. */
  readonly within: "code" | "string" | "template" | "comment" | "line comment" | "regex";
  /** Offset at which that begins; the text's length when it ends in code. */
  readonly start: number;
  /** False when a bracket was closed that was not open. */
  readonly balanced: boolean;
}

const CLOSER: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** After these words a slash begins a regular expression; after other words it divides. */
const BEFORE_REGEX =
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield|instanceof)$/;

/** Reads TypeScript as far as brackets, strings, templates, comments and regular expressions go. */
export function scanOpen(code: string): OpenAtEnd {
  const closers: string[] = [];
  let balanced = true;
  let at = 0;
  const open = (within: OpenAtEnd["within"], start: number) => ({
    closers: closers.toReversed(),
    within,
    start,
    balanced,
  });
  /** Moves behind what ends the template that `at` is in; false when there is no end. */
  const skipTemplate = () => {
    for (; at < code.length; at++) {
      if (code[at] === "\\") at++;
      else if (code[at] === "`") {
        closers.pop();
        at++;
        return true;
      } else if (code.startsWith("${", at)) {
        closers.push("}");
        at += 2;
        return true;
      }
    }
    return false;
  };
  let significant = "";
  while (at < code.length) {
    const start = at;
    const char = code[at] ?? "";
    if (code.startsWith("//", at)) {
      at = endOfLine(code, at);
      if (at === code.length) return open("line comment", start);
      continue;
    }
    if (code.startsWith("/*", at)) {
      const end = code.indexOf("*/", at + 2);
      if (end === -1) return open("comment", start);
      at = end + 2;
      continue;
    }
    if (char === '"' || char === "'") {
      at = skipQuoted(code, at);
      if (at > code.length) return open("string", start);
    } else if (char === "`") {
      closers.push("`");
      at++;
      if (!skipTemplate()) return open("template", start);
    } else if (char === "/" && startsRegex(significant, code.slice(0, at))) {
      at = skipRegex(code, at);
      if (at > code.length) return open("regex", start);
    } else {
      at++;
      const closer = CLOSER[char];
      if (closer !== undefined) closers.push(closer);
      else if (char === ")" || char === "]" || char === "}") {
        if (closers.pop() !== char) balanced = false;
        // The brace that ends an embedded expression: the template goes on.
        else if (closers.at(-1) === "`" && char === "}" && !skipTemplate()) {
          return open("template", start);
        }
      }
    }
    if (char.trim() !== "") significant = char;
  }
  return open("code", code.length);
}

function endOfLine(code: string, from: number): number {
  const found = /[\r\n]/.exec(code.slice(from));
  return found ? from + found.index : code.length;
}

/** @returns the offset behind the string or its line; behind the text's end when it has no end */
function skipQuoted(code: string, from: number): number {
  const quote = code[from];
  for (let at = from + 1; at < code.length; at++) {
    if (code[at] === "\\") at += code.startsWith("\r\n", at + 1) ? 2 : 1;
    else if (code[at] === quote || code[at] === "\n" || code[at] === "\r") return at + 1;
  }
  return code.length + 1;
}

function skipRegex(code: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < code.length; at++) {
    const char = code[at];
    if (char === "\\") at++;
    else if (char === "\n" || char === "\r") return at;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "/" && !inClass) return at + 1;
  }
  return code.length + 1;
}

function startsRegex(significant: string, before: string): boolean {
  if (significant === "") return true;
  if (/[\w$)\]}"'`\u0080-\uffff]/.test(significant)) return BEFORE_REGEX.test(before.trimEnd());
  return true;
}
