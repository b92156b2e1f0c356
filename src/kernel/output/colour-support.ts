import { syncBuiltinESMExports } from "node:module";
import tty from "node:tty";

/** Bits of colour that front ends show. */
const DEPTH = 24;

/** Whether what is printed may be coloured, by the variables that Node and others go by. */
export function mayColour(env: NodeJS.ProcessEnv = process.env): boolean {
  if (env["NO_COLOR"] || env["NODE_DISABLE_COLORS"]) return false;
  return !/^(0|false)$/.test(env["FORCE_COLOR"] ?? "");
}

/**
 * Tells chalk and its like that there are colours: they ask whether stdout is a terminal, and which. It
 * is none in other ways, so nobody moves a cursor; and child processes, which see only the variables,
 * colour nothing that cells read from them.
 */
export function announceColours(env: NodeJS.ProcessEnv = process.env): void {
  const { isatty } = tty;
  tty.isatty = (fd) => fd === 1 || fd === 2 || isatty(fd);
  syncBuiltinESMExports();
  if (!env["TERM"] || env["TERM"] === "dumb") env["TERM"] = "xterm-256color";
  env["COLORTERM"] ??= "truecolor";
}

/** What a terminal's stream answers about its colours. */
export function colourAnswers(isColoured: boolean) {
  const depth = isColoured ? DEPTH : 1;
  return {
    getColorDepth: () => depth,
    hasColors: (count: unknown = 16) => (typeof count === "number" ? count : 16) <= 2 ** depth,
  };
}
