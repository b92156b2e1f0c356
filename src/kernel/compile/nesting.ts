import type { OxcError } from "oxc-parser";

/**
 * How deep code may be nested: the parser calls itself for each level, and a thread whose stack is used
 * up by it ends the process. Measured: it stands 3,000 levels of any kind.
 */
const LIMIT = 1000;

/** A text, a comment, or what opens, closes or continues a level. */
const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?|\$\{|=>|[[({?=]|[\w$]<|[\])}]|[;,]/g;

/**
 * The error of code that is nested too deeply to be parsed, else undefined. Counted are brackets, and
 * within them what nests to the right (`a => b => c`, `a ? b : c ? d : e`, `a = b = c`, `A<B<C>>`).
 */
export function nestingError(code: string): OxcError | undefined {
  if (code.length <= LIMIT) return undefined;
  let depth = 0;
  let chain = 0;
  const outer: number[] = [];
  for (const { 0: token, index } of code.matchAll(TOKEN)) {
    if (/^[[({]$|^\$\{$/.test(token)) {
      outer.push(chain);
      depth += chain + 1;
      chain = 0;
    } else if (/^[\])}]$/.test(token)) {
      chain = outer.pop() ?? 0;
      depth = Math.max(0, depth - chain - 1);
    } else if (/^[;,]$/.test(token)) chain = 0;
    else if (/^(?:=>|[?=]|[\w$]<)$/.test(token)) chain++;
    if (depth + chain > LIMIT) return tooDeep(index);
  }
  return undefined;
}

function tooDeep(start: number): OxcError {
  return {
    severity: "Error",
    message: `This is nested more than ${LIMIT} levels deep. Build it in steps, or read it from a file.`,
    labels: [{ message: null, start, end: start + 1 }],
    helpMessage: null,
    codeframe: null,
  } as unknown as OxcError;
}
