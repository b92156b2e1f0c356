import { isUtf8 } from "node:buffer";
import type { Redis } from "ioredis";
import { addressOfClient as address } from "./address.js";
import { connect, openConnections } from "./connections.js";
import { unobserved } from "./exercises/observer.js";
import { watchCommands, type Seen } from "./monitor.js";
import { formatReply } from "./reply.js";
import { until } from "./waiting.js";

let count = 0;

/**
 * Runs a block of code and prints the commands that this notebook's connections really sent to
 * Redis meanwhile, in the order in which Redis ran them, as its MONITOR saw them. What a Lua script
 * calls is shown below the script, indented. Other clients of the same Redis do not show.
 *
 * @param block may be asynchronous; what it returns is returned
 * @throws what the block throws, after the commands up to then were printed
 */
export async function wire<T>(block: () => T | Promise<T>): Promise<Awaited<T>> {
  const redis = await connect("wire");
  const seen: Seen[] = [];
  const stop = await unobserved(() => watchCommands(redis, (command) => seen.push(command)));
  const known = new Set((await openConnections()).map(([, client]) => address(client)));
  try {
    return await block();
  } finally {
    // Redis runs commands in one order: once this one was seen, all before it were.
    const marker = `end of block ${++count}`;
    await unobserved(() => redis.echo(marker));
    await until(() => seen.some(({ args }) => args[1]?.toString() === marker), "the last command");
    await stop();
    const lines = describe(withoutGreetings(seen, known), await openConnections());
    console.log(lines.length === 0 ? "(no command was sent)" : lines.join("\n"));
  }
}

/**
 * Leaves out what a connection says while it opens: it does so only once, and a cell that is run
 * again must show the same.
 */
function withoutGreetings(seen: readonly Seen[], known: ReadonlySet<string>): Seen[] {
  const greeted = new Set(known);
  return seen.filter(({ args, source }) => {
    if (source === "lua" || greeted.has(source)) return true;
    if (/^(client|hello|info|select)$/i.test(String(args[0]))) return false;
    greeted.add(source);
    return true;
  });
}

function describe(seen: readonly Seen[], clients: readonly [string, Redis][]): string[] {
  const names = new Map<string, string>();
  for (const [name, client] of clients) {
    if (name !== "wire") names.set(address(client), name);
  }
  const lines: string[] = [];
  let isOurs = false;
  for (const { args, source } of seen) {
    // What a script calls follows its EVAL at once: nothing else runs in between.
    if (source !== "lua") isOurs = names.has(source);
    if (!isOurs) continue;
    const [command, ...rest] = args;
    const words = [String(command).toUpperCase(), ...rest.map(quoted)].join(" ");
    lines.push(source === "lua" ? `  lua> ${words}` : `${names.get(source)}> ${words}`);
  }
  return lines;
}

/** Text is shown as text, all else as redis-cli shows bytes. */
function quoted(arg: Buffer): string {
  return isUtf8(arg) ? JSON.stringify(arg.toString()) : formatReply(arg);
}
