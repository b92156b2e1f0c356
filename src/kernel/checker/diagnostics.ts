import { Document } from "./document.js";
import { OLD_NAME } from "./write-document.js";

/** What the type checker has to say about one place in a cell. */
export interface Diagnostic {
  /** 1-based line in the cell. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** The column after the last one, when the place ends in the same line. */
  readonly endColumn?: number;
  /** TypeScript's number of the message, as in TS2322. */
  readonly code: number;
  /** The message, and indented below it what explains it. */
  readonly message: string;
  readonly severity: "error" | "warning";
  /** Set where it is about a file that the cell imports, directly or not. */
  readonly file?: { readonly path: string; readonly source: string };
}

/** A diagnostic as the type checker's process gives it; offsets are UTF-16 units in the document. */
export interface RawDiagnostic {
  readonly fileName?: string;
  readonly pos: number;
  readonly end: number;
  readonly code: number;
  /** 0 warning, 1 error, 2 suggestion, 3 message. */
  readonly category: number;
  readonly text: string;
  readonly messageChain?: readonly RawDiagnostic[];
  /** Other places that tell more, or what to do. */
  readonly relatedInformation?: readonly RawDiagnostic[];
}

const CATEGORY_ERROR = 1;

/** An imported package has no types: it runs all the same, and what comes from it is `any`. */
const NO_TYPES = 7016;
/** JSX without the types of React, or of what stands for it: runs all the same. */
const NO_JSX_TYPES = 7026;

/** Those diagnostics that lie within the cell, in the order of their places. */
export function cellDiagnostics(
  code: string,
  document: Document,
  raw: readonly RawDiagnostic[],
): Diagnostic[] {
  const found: { at: number; diagnostic: Diagnostic }[] = [];
  for (const one of raw) {
    const { pos, end, code: number, category, text, messageChain } = one;
    const start = document.toCell(pos);
    if (start === undefined || category > CATEGORY_ERROR || isAboutJsxTypes(one)) continue;
    const isError = category === CATEGORY_ERROR && number !== NO_TYPES;
    const from = positionAt(code, start);
    const to = positionAt(code, Math.max(start, document.toCell(end) ?? start + end - pos));
    found.push({
      at: start,
      diagnostic: {
        ...from,
        ...(to.line === from.line && { endColumn: to.column }),
        code: number,
        message: [text, ...chain(messageChain), ...related(code, document, one)]
          .join("\n")
          .replaceAll(OLD_NAME, " (earlier)"),
        severity: isError ? "error" : "warning",
      },
    });
  }
  return found.toSorted((a, b) => a.at - b.at).map(({ diagnostic }) => diagnostic);
}

function chain(messages: readonly RawDiagnostic[] = [], indent = "  "): string[] {
  return messages.flatMap(({ text, messageChain }) => [
    indent + text,
    ...chain(messageChain, `${indent}  `),
  ]);
}

/** The errors of a local file. */
export function fileDiagnostics(
  path: string,
  source: string,
  raw: readonly RawDiagnostic[],
): Diagnostic[] {
  const whole = new Document();
  whole.addCell(source, 0, source.length);
  return cellDiagnostics(source, whole, raw)
    .filter(({ severity }) => severity === "error")
    .map((diagnostic) => ({ ...diagnostic, file: { path, source } }));
}

function isAboutJsxTypes({ code, text }: RawDiagnostic): boolean {
  return code === NO_JSX_TYPES || (code === NO_TYPES && /jsx(-dev)?-runtime'/.test(text));
}

/** What else is told, each with the line of the cell or the file that it is about. */
function related(code: string, document: Document, raw: RawDiagnostic): string[] {
  return (raw.relatedInformation ?? []).map(({ text, pos, fileName = "", messageChain }) => {
    const isCell = fileName === "" || fileName === raw.fileName;
    const start = isCell ? document.toCell(pos) : undefined;
    const inPackage = /.*\/node_modules\/(.*)/.exec(fileName)?.[1];
    const place =
      start !== undefined
        ? ` (line ${positionAt(code, start).line})`
        : isCell
          ? ""
          : ` (${inPackage ?? fileName.split("/").at(-1)})`;
    // Advice is about the place of the error itself.
    const isHere = pos === raw.pos && isCell;
    return [`  ${text}${isHere ? "" : place}`, ...chain(messageChain, "    ")].join("\n");
  });
}

/** @returns line and column, both 1-based, of a UTF-16 offset */
export function positionAt(code: string, offset: number): { line: number; column: number } {
  const lines = code.slice(0, offset).split(/\r\n|[\r\n]/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

const MODULE_NOT_FOUND: ReadonlySet<number> = new Set([2307, 2732, 2792, 2882]);

/** Whether a module was not found. By the next time it may have been written or installed. */
export function isMissingModule({ code }: Diagnostic): boolean {
  return MODULE_NOT_FOUND.has(code);
}
