import { LANGUAGES, type Language } from "./languages.js";
import type { Notebook } from "./notebook.js";

/** A variable that a notebook's `parameters` cell declares. */
export interface DeclaredParameter {
  readonly name: string;
  /** As it is written, or else what its value looks like; empty when neither tells. */
  readonly type: string;
  /** The value, as it is written. */
  readonly value: string;
  /** The comment behind it. */
  readonly help: string;
}

/**
 * The parameters of a notebook: what its first cell tagged `parameters` declares.
 *
 * @param language that of its kernel, in lower case
 * @returns nothing for a notebook without such a cell, and for a language that is not known
 */
export function declaredParameters(notebook: Notebook, language: string): DeclaredParameter[] {
  const cell = notebook.cells.find(({ tags }) => tags.includes("parameters"));
  const known = LANGUAGES[language];
  if (cell === undefined || known === undefined) return [];
  return statements(cell.source, known).flatMap((statement) => {
    const head = known.declaration.exec(statement);
    const { name, type } = head?.groups ?? {};
    if (head === null || name === undefined) return [];
    const { code, comment } = splitComment(statement.slice(head[0].length), known);
    const value = code.trim().replace(/;$/, "").trim();
    // As Python told types before it had annotations.
    const [, typeComment, rest = ""] = /^type:\s*(\S+)\s*([^]*)$/.exec(comment) ?? [];
    return [
      {
        name,
        type: (type ?? typeComment ?? typeOf(value)).trim().replace(/^(["'])(.*)\1$/, "$2"),
        value,
        help: typeComment === undefined ? comment : rest,
      },
    ];
  });
}

/** The statements of a cell, each from the start of a line until its brackets are closed. */
function statements(source: string, language: Language): string[] {
  const found: string[] = [];
  let open = 0;
  for (const line of source.split("\n")) {
    if (open > 0) found[found.length - 1] += `\n${line}`;
    else found.push(line);
    open = Math.max(0, open + balance(splitComment(line, language).code));
  }
  return found;
}

function balance(code: string): number {
  const bare = code.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, "");
  return (bare.match(/[([{]/g)?.length ?? 0) - (bare.match(/[)\]}]/g)?.length ?? 0);
}

/** Splits off the comment at the end of the last line. */
function splitComment(statement: string, { comment }: Language): { code: string; comment: string } {
  const text = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/;
  const token = new RegExp(`${text.source}|${comment}.*$`, "gm");
  let last: RegExpExecArray | undefined;
  for (const match of statement.matchAll(token)) if (match[0].startsWith(comment)) last = match;
  if (last === undefined || last.index + last[0].length !== statement.trimEnd().length) {
    return { code: statement, comment: "" };
  }
  const told = last[0].slice(comment.length).trim();
  return { code: statement.slice(0, last.index), comment: told };
}

function typeOf(value: string): string {
  if (/^-?[\d_]+n?L?$/.test(value)) return "integer";
  if (/^-?[\d_]*\.?[\d_]+(?:e[+-]?\d+)?$/i.test(value)) return "number";
  if (/^[a-z]{0,2}(["'`])[^]*\1$/i.test(value)) return "string";
  if (/^(?:true|false)$/i.test(value)) return "boolean";
  if (/^(?:\[|list\(|c\()/.test(value)) return "list";
  return /^(?:\{|Dict\()/.test(value) ? "object" : "";
}
