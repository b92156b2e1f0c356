import hljs from "highlight.js/lib/common";
import julia from "highlight.js/lib/languages/julia";
import { escapeHtml } from "./escape.js";

hljs.registerLanguage("julia", julia);

/** By the name of a notebook's language, where it is not the highlighter's. */
const NAMES: Readonly<Record<string, string>> = { deno: "typescript", ipython: "python" };

/** Code with its parts marked; one of an unknown language stays as it is. */
export function highlight(code: string, language: string): string {
  const name = NAMES[language] ?? language;
  return hljs.getLanguage(name)
    ? hljs.highlight(code, { language: name, ignoreIllegals: true }).value
    : escapeHtml(code);
}
