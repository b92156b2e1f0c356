import { parse } from "./ast.js";

export type Completeness =
  | { readonly status: "complete" | "invalid" }
  | { readonly status: "incomplete"; readonly indent: string };

/** Whether code can be run as it stands, or a console should let its user go on typing. */
export function isComplete(code: string): Completeness {
  const { errors } = parse(code, "ts");
  const [error] = errors;
  if (error === undefined) return { status: "complete" };
  const label = error.labels[0];
  const isAtEnd = label !== undefined && label.end >= code.trimEnd().length;
  // A string or a regular expression ends with its line; a template and a comment do not.
  const isOpen = !/^Unterminated/.test(error.message) || /^(`|\/\*)/.test(code.slice(label?.start));
  if (isAtEnd && isOpen) return { status: "incomplete", indent: indentOf(code) };
  return { status: "invalid" };
}

/** As the last line, and deeper after an opening bracket. */
function indentOf(code: string): string {
  const last = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(last)?.[0] ?? "";
  return /[{[(]$/.test(last) ? `${indent}  ` : indent;
}
