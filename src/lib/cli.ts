import type { Redis } from "ioredis";
import { Decoder, RESP_TYPES } from "ioredis/built/resp/decoder";
import { openNamed } from "./connections.js";
import { observing } from "./exercises/observer.js";
import { formatReply, Status } from "./reply.js";
import { splitCommand } from "./split-command.js";
import { until, within } from "./waiting.js";

/** How long a command may take, in milliseconds. */
const REPLY_MS = 5000;
/** Commands after which the connection is no longer one of question and answer. */
const STREAMING = /^(p?subscribe|ssubscribe|monitor|sync|psync)$/i;

interface Attached {
  readonly client: Redis;
  readonly socket: Redis["stream"];
  /** Who waits for a reply. */
  onReply: (reply: unknown) => void;
  onClose: () => void;
}

/** The socket of the connection `cli`, once its replies come here and no longer to ioredis. */
let attached: Attached | undefined;
let database = 0;
let inTransaction = false;
/** The calls of `cli` so far: replies do not name their commands, so one call follows the other. */
let earlier: Promise<unknown> = Promise.resolve();

/**
 * Runs command lines as redis-cli would, and prints each with its reply in redis-cli's notation.
 * They go over a connection of their own, which keeps SELECT and MULTI from line to line and from
 * cell to cell. A reply that does not come in time ends that connection; the next line opens it anew.
 *
 * @param lines one command each; a text of several lines holds several
 * @throws {TypeError} for a command that would turn the connection into a stream, such as SUBSCRIBE
 * @throws {TimeoutError} when a reply takes over 5 seconds
 */
export async function cli(...lines: string[]): Promise<void> {
  const turn = earlier.then(() => run(lines));
  earlier = turn.catch(() => {});
  return turn;
}

async function run(lines: readonly string[]): Promise<void> {
  const shown: string[] = [];
  try {
    for (const line of lines.flatMap((text) => text.split("\n"))) {
      if (line.trim() === "") continue;
      // First of all, since a fresh connection is in its own database and in no transaction.
      await attach();
      const prompt = `redis${database === 0 ? "" : `[${database}]`}${inTransaction ? "(TX)" : ""}> `;
      shown.push(`${prompt}${line.trim()}\n${await runLine(line)}`);
    }
  } finally {
    // Printed at once, so that no other output comes between, and also when a line throws.
    if (shown.length > 0) console.log(shown.join("\n"));
  }
}

async function runLine(line: string): Promise<string> {
  const args = splitCommand(line);
  const [name] = args ?? [];
  if (args === undefined || name === undefined) return "Invalid argument(s)";
  const command = name.toString().toLowerCase();
  if (STREAMING.test(command)) {
    throw new TypeError(
      `cli cannot run ${command.toUpperCase()}, whose replies never end: ` +
        'use a client of its own, connect("subscriber").',
    );
  }
  const reply = await send(args);
  const failed = reply instanceof Error;
  if (command === "select" && !failed && !inTransaction) database = Number(args[1]);
  if (command === "multi" && !failed) inTransaction = true;
  if (command === "exec" || command === "discard") inTransaction = false;
  if (command === "reset" && !failed) [database, inTransaction] = [0, false];
  return formatReply(reply);
}

async function send(args: readonly Buffer[]): Promise<unknown> {
  const channel = await attach();
  const reply = new Promise<unknown>((resolve, reject) => {
    channel.onReply = resolve;
    channel.onClose = () => reject(new Error("Redis closed the connection."));
  });
  const parts = args.flatMap((arg) => [
    Buffer.from(`$${arg.length}\r\n`),
    arg,
    Buffer.from("\r\n"),
  ]);
  const command = args[0]?.toString() ?? "";
  const write = () =>
    channel.socket.write(Buffer.concat([Buffer.from(`*${args.length}\r\n`), ...parts]));
  const observer = observing.getStore();
  const sent = { name: command, args: args.slice(1), client: channel.client };
  if (observer === undefined) write();
  else observer.command(sent, reply, write);
  try {
    const answer = await within(reply, REPLY_MS, `the reply to ${command}`);
    if (/^quit$/i.test(command)) await drop(channel);
    return answer;
  } catch (error) {
    // A reply that comes late would be taken for that of the next command.
    await drop(channel);
    throw error;
  }
}

/** Ends the connection; the next command opens it again. */
async function drop({ client }: Attached): Promise<void> {
  client.disconnect();
  await until(() => client.status === "end", "the end of a connection", 500).catch(() => {});
}

/**
 * Takes the socket of an ioredis connection over: ioredis has logged in, and a decoder with another
 * type mapping tells the simple string OK from the bulk string "OK", which ioredis's own does not.
 */
async function attach() {
  const { client } = await openNamed("cli", {}, { protocol: 2 });
  // One that was lost is opened again by ioredis, in its own time.
  await until(() => client.status === "ready", "a connection to Redis");
  const { stream } = client;
  if (attached?.socket === stream) return attached;
  const channel: Attached = { client, socket: stream, onReply: () => {}, onClose: () => {} };
  const take = (reply: unknown) => channel.onReply(asStatus(reply));
  const decoder = new Decoder({
    onReply: take,
    onErrorReply: take,
    onPush: () => {},
    getTypeMapping: () => ({ [RESP_TYPES.BLOB_STRING]: Buffer }),
  });
  stream.removeAllListeners("data");
  stream.on("data", (chunk) => decoder.write(chunk));
  stream.once("close", () => channel.onClose());
  database = client.options.db ?? 0;
  inTransaction = false;
  attached = channel;
  return channel;
}

/** With that mapping only simple strings come as strings; bulk strings are Buffers. */
function asStatus(reply: unknown): unknown {
  if (typeof reply === "string") return new Status(reply);
  return Array.isArray(reply) ? reply.map(asStatus) : reply;
}
