import type { Change } from "./changes.js";

/** Whether a text is a Lua script: it calls Redis, or gives something back. */
export function looksLikeScript(text: string): boolean {
  return /^["'`]/.test(text) && /\bredis\.p?call\s*\(|(^["'`]|\s)return\b/.test(text);
}

/** Each number and each text in a script, changed; comments are passed over. */
export function changedScript(
  source: string,
  { start, end }: { readonly start: number; readonly end: number },
): Change[] {
  const quote = source[start] ?? "";
  const token = /--[^\n]*|'[^'\n]*'|"[^"\n]*"|\$\{[^}]*\}|\b\d+(?:\.\d+)?\b/g;
  const changes: Change[] = [];
  for (const found of source.slice(start + 1, end - 1).matchAll(token)) {
    const [text] = found;
    const at = { start: start + 1 + found.index, end: start + 1 + found.index + text.length };
    // A text with an escape, or quotes of the literal itself, is left alone.
    if (/^(--|\$)/.test(text) || text.includes("\\") || text.startsWith(quote)) continue;
    const isText = /^['"]/.test(text);
    const last = text.at(-1) ?? "";
    changes.push({
      ...at,
      text: isText ? `${text.slice(0, -1)}~${last}` : String(Number(text) + 1),
    });
  }
  return changes;
}
