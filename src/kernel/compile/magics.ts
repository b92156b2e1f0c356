import { codeStart } from "./cell-source.js";

export interface Advice {
  /** Where it stands, in UTF-16 units. */
  readonly offset: number;
  readonly message: string;
}

/** What is written here instead of IPython's commands. */
const INSTEAD: Readonly<Record<string, string>> = {
  time: 'write `console.time("cell")` before it and `console.timeEnd("cell")` after it',
  timeit: "write a loop between two calls of `performance.now()`",
  env: "write `process.env.NAME`",
  cd: 'write `process.chdir("FOLDER")`',
  pwd: "write `process.cwd()`",
  ls: 'write `import { readdirSync } from "node:fs"; readdirSync(".")`',
  html: 'write `import { display } from "typescript-kernel"; display({ "text/html": "..." })`',
  svg: 'write `import { display } from "typescript-kernel"; display({ "image/svg+xml": "..." })`',
  latex: 'write `import { display } from "typescript-kernel"; display({ "text/latex": "..." })`',
  markdown:
    'write `import { display } from "typescript-kernel"; display({ "text/markdown": "..." })`',
  javascript: "leave the line out: cells are JavaScript and TypeScript",
  js: "leave the line out: cells are JavaScript and TypeScript",
  typescript: "leave the line out: cells are JavaScript and TypeScript",
  writefile: 'write `import { writeFileSync } from "node:fs"; writeFileSync("FILE", "...")`',
  file: 'write `import { writeFileSync } from "node:fs"; writeFileSync("FILE", "...")`',
  run: 'write `await import("./FILE.ts")`',
  load: 'write `await import("./FILE.ts")`',
  capture: "give the cell no last expression",
  matplotlib: "leave the line out: pictures are shown as they are",
  reset: "restart the kernel",
  who: "type the first letters of a name and press Tab",
  whos: "type the first letters of a name and press Tab",
  debug: "write `debugger`",
};
const SHELLS = new Set(["bash", "sh", "script", "system", "sx", "cmd", "zsh"]);

/**
 * What to write instead of a command of IPython, for a cell that cannot be compiled, or in which a
 * name is missing.
 *
 * @param isKnown whether a name is a variable, in a cell that could be compiled
 */
export function adviceForMagic(
  source: string,
  isKnown?: (name: string) => boolean,
): Advice | undefined {
  const first = codeStart(source);
  for (const { 0: line, index } of source.matchAll(/^[^\S\n]*[%!?][^\n]*/gm)) {
    if (index + line.length < first) continue;
    const text = line.trim();
    const [, sign = "", name = "", rest = ""] =
      /^(%%?|!+|\?+)\s*([\w.+-]*)\s*(.*)$/.exec(text) ?? [];
    if (name === "") continue;
    // It could be compiled: "not name", or the rest of a division by it.
    if (isKnown?.(name)) continue;
    const offset = index + line.length - line.trimStart().length;
    const how = sign.startsWith("?")
      ? "press Shift+Tab behind a name for its documentation"
      : instead(sign.startsWith("!") ? "" : name, sign === "!" ? `${name} ${rest}`.trim() : rest);
    return { offset, message: `\`${sign}${name}\` is a command of IPython. Here, ${how}.` };
  }
  return undefined;
}

function instead(name: string, rest: string): string {
  const [program = "", ...more] = rest.split(/\s+/);
  if (/^(npm|pip|pip3|conda|yarn|pnpm)$/.test(name)) return installing(name, rest);
  if (name === "" && /^(npm|pip|pip3|yarn|pnpm)$/.test(program)) {
    if (/^(install|i|add)$/.test(more[0] ?? "")) return installing(program, more.join(" "));
  }
  if (name === "" || SHELLS.has(name)) return shell(name === "" ? rest : "COMMAND");
  return INSTEAD[name] ?? "there is no such command: write it in TypeScript";
}

function shell(command: string): string {
  return (
    'write `import { execSync } from "node:child_process"; ' +
    `console.log(execSync(${JSON.stringify(command)}, { encoding: "utf8" }))\``
  );
}

function installing(program: string, rest: string): string {
  const packages = rest.replace(/^(install|i|add)\s+/, "").trim() || "NAME";
  const isPython = /^(pip|pip3|conda)$/.test(program);
  return isPython
    ? "packages come from npm: run `npm install NAME` in a terminal"
    : `run \`npm install ${packages}\` in a terminal, or write \`import { execSync } from "node:child_process"; execSync("npm install ${packages}")\``;
}
