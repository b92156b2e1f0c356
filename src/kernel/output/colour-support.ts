/** Bits of colour that front ends show. */
const DEPTH = 24;

/** Whether what is printed may be coloured, by the variables that Node and others go by. */
export function mayColour(env: NodeJS.ProcessEnv = process.env): boolean {
  if (env["NO_COLOR"] || env["NODE_DISABLE_COLORS"]) return false;
  return !/^(0|false)$/.test(env["FORCE_COLOR"] ?? "");
}

/**
 * Tells chalk and its like that there are colours, as arguments of the command line do. A variable of
 * the environment would reach the child processes, too, and colour what cells read from them.
 */
export function announceColours(): void {
  process.argv.push("--color", "--color=16m");
}

/** What a terminal's stream answers about its colours. */
export function colourAnswers(isColoured: boolean) {
  const depth = isColoured ? DEPTH : 1;
  return {
    getColorDepth: () => depth,
    hasColors: (count: unknown = 16) => (typeof count === "number" ? count : 16) <= 2 ** depth,
  };
}
