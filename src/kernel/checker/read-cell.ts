import { isObject, withoutHashbang } from "../compile/cell-source.js";
import { readDeclarations, type CellDeclarations, type ImportStatement } from "./declarations.js";
import { findDynamicImports, type DynamicImport } from "./dynamic-imports.js";
import { findMentions } from "./mentions.js";
import { scanOpen } from "./scan.js";
import { declaredMeanings, type Names } from "./scope.js";
import { parseCell, type Parsed } from "./syntax.js";

/** What the document of a cell is written from. */
export interface Cell {
  readonly code: string;
  readonly body: Parsed["body"];
  readonly declarations: CellDeclarations;
  readonly imports: readonly ImportStatement[];
  /** Its dynamic imports, with offsets in the code; none for a cell that is being typed. */
  readonly dynamicImports: readonly DynamicImport[];
  /** The modules that it imports in either way. */
  readonly specifiers: readonly string[];
  /** The names it declares. */
  readonly own: Names;
  /** It is an object, though it begins as a block does. */
  readonly isObject: boolean;
  readonly isJsx: boolean;
  /** The names it mentions, and more when it could not be parsed. */
  readonly used: ReadonlySet<string>;
}

/** Reads a cell; when it cannot be parsed it declares nothing, and its words count as names. */
export function readCell(source: string): Cell {
  const code = withoutHashbang(source);
  if (isObject(code)) return { ...describe(code, NOTHING, code), code: source, isObject: true };
  const parsed = parseCell(code);
  const dynamicImports = parsed.body.flatMap((statement) =>
    findDynamicImports(statement).map(({ specifier, start, end, name }) => ({
      specifier,
      start: start + statement.start,
      end: end + statement.start,
      name: { start: name.start + statement.start, end: name.end + statement.start },
    })),
  );
  return { ...describe(code, parsed, code, dynamicImports), code: source };
}

const NOTHING: Parsed = { body: [], errors: [], isJsx: false };

/**
 * Reads a cell that is being typed, which seldom can be parsed as it is: tried are a name in the
 * place of the cursor, what is open at the end closed, and only what is before the cursor.
 *
 * @param cursor UTF-16 offset
 */
export function readUnfinished(code: string, cursor: number): Cell {
  const before = code.slice(0, cursor);
  const after = code.slice(cursor);
  const close = (text: string) => text + scanOpen(text).closers.join("");
  const tries = [
    code,
    `${before}$${after}`,
    close(`${before}$${after}`),
    `${close(`${before}$`)}${after}`,
    `${close(`${before}$`)};${after}`,
    close(`${before}$`),
    close(before),
  ];
  for (const text of tries) {
    const parsed = parseCell(text);
    if (parsed.body.length > 0) return describe(code, parsed, text);
  }
  return describe(code, NOTHING, code);
}

/** @param text what was parsed: the code with something put in at the cursor, or cut off there */
function describe(
  code: string,
  { body, isJsx }: Parsed,
  text: string,
  dynamicImports: readonly DynamicImport[] = [],
): Cell {
  const declarations = readDeclarations(text, body);
  const used = new Set(body.flatMap((s) => findMentions(s).map(({ name }) => name)));
  if (body.length === 0 || text !== code) {
    for (const [word] of code.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*/gu))
      used.add(word);
  }
  // Statements that begin as in the code end as in the code, or else are found there again.
  const imports = declarations.imports.flatMap((statement) => {
    if (text === code) return [statement];
    const found = text.slice(statement.start, statement.end);
    const start = code.indexOf(found);
    return start === -1 ? [] : [{ ...statement, start, end: start + found.length }];
  });
  const specifiers = [...imports, ...dynamicImports].map(({ specifier }) => specifier);
  const own = declaredMeanings(declarations);
  // What JSX compiles to may need it.
  if (isJsx) used.add("React");
  return {
    code,
    body,
    declarations,
    imports,
    dynamicImports,
    specifiers,
    own,
    used,
    isObject: false,
    isJsx,
  };
}
