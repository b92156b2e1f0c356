import type { Completion } from "../checker/complete.js";
import type { Inspection } from "../checker/inspect.js";
import type { Member } from "./runtime-values.js";

/** So many members of a value that types know nothing of. */
const LIMIT = 200;

/** Adds the members that a value has: all where types name none, else those of a plain object. */
export function withMembers(
  code: string,
  cursor: number,
  found: Completion,
  value: { readonly members: readonly Member[]; readonly isPlain: boolean } | undefined,
): Completion {
  if (value === undefined) return found;
  const typed = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, cursor))?.[0] ?? "";
  const inQuotes = /\[\s*["']([^"'\n]*)$/.exec(code.slice(0, cursor))?.[1];
  const word = inQuotes ?? typed;
  const rest = /^[\p{ID_Continue}$]*/u.exec(code.slice(cursor))?.[0] ?? "";
  const known = new Set(found.matches);
  const fit = (start: string) =>
    value.members.filter(
      ({ name, isOwn }) =>
        !known.has(name) &&
        (inQuotes !== undefined || isName(name)) &&
        (known.size === 0 || (value.isPlain && isOwn)) &&
        name.toLowerCase().startsWith(start.toLowerCase()),
    );
  const whole = fit(word + rest);
  const members = (whole.length > 0 || known.size > 0 ? whole : fit(word)).slice(0, LIMIT);
  if (members.length === 0) return found;
  const { _jupyter_types_experimental: types = [] } = (found.metadata ?? {}) as {
    _jupyter_types_experimental?: readonly object[];
  };
  return {
    matches: [...found.matches, ...members.map(({ name }) => name)],
    start: cursor - word.length,
    end: cursor + rest.length,
    metadata: {
      _jupyter_types_experimental: [
        ...types,
        ...members.map(({ name, kind }) => ({ text: name, type: kind })),
      ],
    },
  };
}

function isName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);
}

/** Adds what the name at the cursor stands for just now. */
export function withValue(found: Inspection, name: string, value: string | undefined): Inspection {
  if (value === undefined) return found;
  const isFunction = /^(?:async\s+)?(?:function|class)\b|=>/.test(value);
  // Types tell more of a function than how it begins.
  if (found.found && isFunction) return found;
  const { "text/plain": plain = "", "text/markdown": markdown = "" } = found.data;
  const join = (...parts: readonly string[]) => parts.filter((part) => part !== "").join("\n\n");
  return {
    found: true,
    data: {
      "text/plain": join(plain, `${name} = ${value}`),
      "text/markdown": join(markdown, `\`\`\`typescript\n${name} = ${value}\n\`\`\``),
    },
  };
}
