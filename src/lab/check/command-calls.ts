import { Redis } from "ioredis";
import { parseSync, Visitor, type Argument, type CallExpression } from "oxc-parser";

/** A call in a cell that sends a command to Redis. */
export interface CommandCall {
  /** In lower case, such as `xadd`. */
  readonly command: string;
  /** Without the command's name, where `call` was given one. */
  readonly args: readonly Argument[];
}

/** A command line that a cell gives to `cli`: a text or a template. */
export type CliLine = Extract<Argument, { type: "Literal" | "TemplateLiteral" }>;

export interface CellCommands {
  readonly calls: readonly CommandCall[];
  readonly cliLines: readonly CliLine[];
}

/** Without DIGEST, which is of Redis 8: in a notebook it is the method of a hash of node:crypto. */
const COMMANDS: ReadonlySet<string> = new Set(
  new Redis({ lazyConnect: true }).getBuiltinCommands().filter((name) => name !== "digest"),
);

/** Finds what a cell sends to Redis: methods named as commands are, on whatever client; and `cli`. */
export function cellCommands(source: string): CellCommands {
  const calls: CommandCall[] = [];
  const cliLines: CliLine[] = [];
  const { program } = parseSync("cell.ts", source, { lang: "ts", sourceType: "module" });
  new Visitor({
    CallExpression(node) {
      if (node.callee.type === "Identifier" && node.callee.name === "cli") {
        cliLines.push(...node.arguments.filter(isLine));
      }
      const call = commandCall(node);
      if (call) calls.push(call);
    },
  }).visit(program);
  return { calls, cliLines };
}

/** The first word of each line of a text for `cli`, in lower case. */
export function cliNames(line: CliLine): string[] {
  const text = line.type === "Literal" ? String(line.value) : (line.quasis[0]?.value.cooked ?? "");
  return text.split("\n").flatMap((one) => /^\s*([\w.]+)/.exec(one)?.[1]?.toLowerCase() ?? []);
}

/** The command that a call sends, if it sends one. */
export function commandCall({ callee, arguments: args }: CallExpression): CommandCall | undefined {
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return undefined;
  const { name } = callee.property;
  // Object.keys and the like, and [].sort(): no clients.
  if (callee.object.type === "Identifier" && /^[A-Z]/.test(callee.object.name)) return undefined;
  if (name in Array.prototype) return undefined;
  if (name === "call" || name === "callBuffer") {
    const [first, ...rest] = args;
    if (first?.type !== "Literal" || typeof first.value !== "string") return undefined;
    return { command: first.value.toLowerCase(), args: rest };
  }
  const command = name.replace(/Buffer$/, "").toLowerCase();
  return COMMANDS.has(command) ? { command, args } : undefined;
}

function isLine(argument: Argument): argument is CliLine {
  if (argument.type === "TemplateLiteral") return true;
  return argument.type === "Literal" && typeof argument.value === "string";
}
