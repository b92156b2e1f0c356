import type { Document } from "./document.js";
import { findMentions } from "./mentions.js";
import { readUnfinished } from "./read-cell.js";
import { scanOpen } from "./scan.js";
import { describeSymbol } from "./signature.js";
import { FLAGS, TYPE_MEANING, type SymbolAnswer } from "./symbols.js";
import type { TypeProject } from "./type-project.js";
import { OLD_NAME } from "./write-document.js";

export interface Inspection {
  readonly found: boolean;
  /** By MIME type: `text/plain` and `text/markdown`. */
  readonly data: Record<string, string>;
}

export const NOT_FOUND: Inspection = { found: false, data: {} };

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u;

interface Tag {
  readonly name: string;
  readonly text?: string;
}

/** Tags shown at once; the others come with detail 1. */
const BRIEF_TAGS = new Set(["param", "returns", "return", "deprecated", "template"]);

/** Explains the name at the cursor of a cell that has been written into the project's document. */
export async function inspectCell(
  project: TypeProject,
  document: Document,
  code: string,
  cursor: number,
  detail: 0 | 1,
): Promise<Inspection> {
  const offset = nameAt(code, cursor);
  if (offset === undefined) return NOT_FOUND;
  const position = document.toDocument(offset);
  const symbol = await symbolAt(project, code, offset, position);
  if (!symbol) return NOT_FOUND;
  const isType = isTypeAt(code, offset);
  const meant = symbol.flags & FLAGS.alias ? await aliased(project, symbol) : symbol;
  const [lines, documentation, tags] = await Promise.all([
    describeSymbol(project, document.text, position, symbol.name, meant, isType),
    project.ask<string>("getDocumentationComment", { symbol: meant.id }),
    project.ask<readonly Tag[] | null>("getJsDocTags", { symbol: meant.id }),
  ]);
  const signature = lines.join("\n").replaceAll(OLD_NAME, "");
  const shown = (tags ?? []).filter(({ name }) => detail === 1 || BRIEF_TAGS.has(name));
  const plain = [signature, documentation, shown.map(plainTag).join("\n")];
  const markdown = [
    `\`\`\`typescript\n${signature}\n\`\`\``,
    documentation,
    shown.map(markdownTag).join("\n\n"),
  ];
  const join = (parts: readonly string[]) => parts.filter((part) => part !== "").join("\n\n");
  return { found: true, data: { "text/plain": join(plain), "text/markdown": join(markdown) } };
}

/** A name that stands alone is often that of a type, which is none where a value has to stand. */
async function symbolAt(project: TypeProject, code: string, offset: number, position: number) {
  const { within } = scanOpen(code.slice(0, offset));
  // Where there is no name, the process gives the file itself.
  if (within === "comment" || within === "line comment") return null;
  const symbol = await project.ask<SymbolAnswer | null>("getSymbolAtPosition", { position });
  if (symbol) return symbol;
  const name = NAME.exec(code.slice(offset))?.[0];
  const isMember = /\.\s*$/.test(code.slice(0, offset));
  if (name === undefined || isMember || within !== "code") return null;
  const type = { name, meaning: TYPE_MEANING, position };
  return project.ask<SymbolAnswer | null>("resolveName", type);
}

/** Whether the name at an offset stands for a type, by which a variable of the same name is not meant. */
function isTypeAt(code: string, offset: number): boolean {
  return readUnfinished(code, offset).body.some(
    (statement) =>
      offset >= statement.start &&
      offset < statement.end &&
      findMentions(statement).some(
        ({ start, isType }) => isType && statement.start + start === offset,
      ),
  );
}

async function aliased(project: TypeProject, symbol: SymbolAnswer): Promise<SymbolAnswer> {
  const target = await project.ask<SymbolAnswer | null>("getAliasedSymbol", { symbol: symbol.id });
  // A module that was not found has no name and no flags that mean anything.
  return target && target.name !== "unknown" ? target : symbol;
}

/** The start of the name that the cursor is in or behind, or else of the function being called. */
function nameAt(code: string, cursor: number): number | undefined {
  const before = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, cursor))?.[0] ?? "";
  const start = cursor - before.length;
  if (NAME.test(code.slice(start))) return start;
  for (let end = cursor; end > 0; end--) {
    if (code[end - 1] !== "(") continue;
    const { closers, within } = scanOpen(code.slice(end, cursor));
    if (closers.length > 0 || within === "comment" || !isBalanced(code.slice(end, cursor)))
      continue;
    const callee = /([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?:<[^()]*>)?\s*$/u.exec(
      code.slice(0, end - 1),
    );
    return callee?.index;
  }
  return undefined;
}

function isBalanced(code: string): boolean {
  return scanOpen(code).balanced;
}

function plainTag({ name, text }: Tag): string {
  return text ? `@${name} ${text}` : `@${name}`;
}

function markdownTag({ name, text }: Tag): string {
  const parameter = name === "param" ? /^(\S+)\s*([\s\S]*)$/.exec(text ?? "") : null;
  if (parameter) return `*@${name}* \`${parameter[1]}\` ${parameter[2]}`.trimEnd();
  if (name === "example" && text && !text.includes("```"))
    return `*@${name}*\n\`\`\`typescript\n${text}\n\`\`\``;
  return `*@${name}* ${text ?? ""}`.trimEnd();
}
