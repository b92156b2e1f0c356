import { FLAGS, type SymbolAnswer } from "./symbols.js";
import type { TypeProject } from "./type-project.js";

interface TypeAnswer {
  readonly id: number;
}

/** Bits of the flags for a type as text. Source: enums/nodeBuilderFlags of the typescript package. */
const NO_TRUNCATION = 1;
const IN_TYPE_ALIAS = 1 << 23;

/**
 * What a symbol is, in lines as they stand in a program: `const x: number`, `function f(): void`.
 *
 * @param name as it stands at the position
 * @param meant the symbol, where an import leads to
 * @param isType it stands for a type, though it may be the name of a variable, too
 */
export async function describeSymbol(
  project: TypeProject,
  document: string,
  position: number,
  name: string,
  meant: SymbolAnswer,
  isType = false,
): Promise<string[]> {
  const { flags } = meant;
  const textOf = async (type: TypeAnswer | null, flag = NO_TRUNCATION) =>
    type ? await project.ask<string>("typeToString", { type: type.id, flags: flag }) : name;
  const declared = () =>
    project.ask<TypeAnswer | null>("getDeclaredTypeOfSymbol", { symbol: meant.id });
  if (flags & FLAGS.class) return [`class ${await textOf(await declared())}`];
  const isVariable = (flags & (FLAGS.blockScoped | FLAGS.functionScoped)) !== 0;
  if (flags & FLAGS.interface && (isType || !isVariable)) {
    return [`interface ${await textOf(await declared())}`];
  }
  if (flags & FLAGS.typeAlias) {
    return [`type ${name} = ${await textOf(await declared(), NO_TRUNCATION | IN_TYPE_ALIAS)}`];
  }
  if (flags & FLAGS.enum) return [`enum ${name}`];
  if (flags & FLAGS.typeParameter) return [`(type parameter) ${name}`];
  if (flags & FLAGS.module && !(flags & FLAGS.function)) {
    return [meant.name.startsWith('"') ? `module ${meant.name}` : `namespace ${name}`];
  }
  let here = await project.ask<TypeAnswer | null>("getTypeAtPosition", { position });
  here ??= await project.ask<TypeAnswer | null>("getTypeOfSymbol", { symbol: meant.id });
  // With `a?.f()` the type of `f` there may be undefined, too.
  if (here && flags & (FLAGS.function | FLAGS.method)) {
    here = await project.ask<TypeAnswer | null>("getNonNullableType", { type: here.id });
  }
  const type = await textOf(here);
  if (flags & FLAGS.function) return signatures(type).map((text) => `function ${name}${text}`);
  if (flags & FLAGS.method) return signatures(type).map((text) => `(method) ${name}${text}`);
  if (flags & FLAGS.enumMember) {
    // The only member of an enum is told as the enum.
    const member = type.endsWith(`.${name}`) ? type : `${type}.${name}`;
    return [`(enum member) ${member}${await constantOf(project, meant)}`];
  }
  if (flags & FLAGS.accessor) return [`(accessor) ${name}: ${type}`];
  if (flags & FLAGS.property) return [`(property) ${name}: ${type}`];
  const isHere =
    meant.valueDeclaration?.toLowerCase().endsWith(project.cellFile.toLowerCase()) ?? false;
  const elsewhere = flags & FLAGS.blockScoped ? "const" : "var";
  return [`${isHere ? wordBefore(name, document, flags) : elsewhere} ${name}: ${type}`];
}

/** ` = 1` or ` = "text"` for the member of an enum; nothing for one that is computed. */
async function constantOf(
  project: TypeProject,
  { valueDeclaration }: SymbolAnswer,
): Promise<string> {
  if (valueDeclaration === undefined) return "";
  const location = { location: valueDeclaration };
  const value = await project.ask<string | number | null>("getConstantValue", location);
  return value === null || value === undefined ? "" : ` = ${JSON.stringify(value)}`;
}

/** The types of a function, one for each overload, as they follow its name: `(a: number): string`. */
export function signatures(type: string): string[] {
  const overloads = /^\{ ([<(].*;) \}$/s.exec(type)?.[1];
  const parts = overloads === undefined ? [] : splitAtDepth0(overloads, "; ");
  if (parts.length > 0 && parts.every((text) => /^[<(]/.test(text))) {
    return parts.map((text) => text.replace(/;$/, ""));
  }
  const [parameters = "", ...result] = splitAtDepth0(type, " => ");
  return result.length > 0 ? [`${parameters}: ${result.join(" => ")}`] : [`: ${type}`];
}

/** Splits where the separator is not within brackets. */
function splitAtDepth0(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(from, at));
      at += separator.length - 1;
      from = at + 1;
    } else if (/[([{<]/.test(text[at] ?? "")) depth++;
    // The ">" of an arrow closes nothing.
    else if (/[)\]}]/.test(text[at] ?? "") || (text[at] === ">" && text[at - 1] !== "=")) depth--;
  }
  return [...parts, text.slice(from)];
}

/** The process does not say how a variable was declared; its text does, mostly. */
function wordBefore(name: string, document: string, flags: number): string {
  const escaped = name.replaceAll("$", String.raw`\$`);
  const declaration = new RegExp(
    String.raw`\b(const|let|var|using)\s(?:[^;=\n]*[\s,{[(])?${escaped}(?![\p{ID_Continue}$])`,
    "gu",
  );
  const found = [...document.matchAll(declaration)].at(-1)?.[1];
  if (found !== undefined) return found;
  return flags & FLAGS.functionScoped ? "(parameter)" : "(variable)";
}
