import { createHmac, randomUUID } from "node:crypto";

type Random = () => number;

const TYPES = [
  "kernel_info_request",
  "execute_request",
  "complete_request",
  "inspect_request",
  "history_request",
  "is_complete_request",
  "comm_info_request",
  "comm_open",
  "comm_msg",
  "comm_close",
  "interrupt_request",
  "debug_request",
  "input_reply",
  "no_such_request",
  "__proto__",
  "",
];
const CODES = [
  "1",
  "x",
  "throw 1",
  "await 0",
  "{",
  "}",
  "`${",
  "[".repeat(5000),
  "\0",
  "😀",
  "a.b.",
  "",
];
const FIELDS = [
  "code",
  "cursor_pos",
  "detail_level",
  "silent",
  "user_expressions",
  "hist_access_type",
  "n",
  "session",
  "comm_id",
  "target_name",
  "data",
  "value",
  "command",
  "arguments",
  "seq",
  "__proto__",
  "constructor",
];
const COMMANDS = [
  "debugInfo",
  "initialize",
  "dumpCell",
  "source",
  "stackTrace",
  "variables",
  "nope",
];

let last: Buffer[] = [];

/** Frames of a message that a kernel should survive: signed or not, whole or not. */
export function hostileFrames(key: string, random: Random): Buffer[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const kind = below(10);
  // Somebody sends again what was sent.
  if (kind === 0 && last.length > 0) return last;
  if (kind === 1) return Array.from({ length: 1 + below(8) }, () => bytes(below(3000), random));
  const parts = [header(random), value(random, 1), value(random, 1), content(random)].map((part) =>
    kind === 2 ? bytes(below(200), random) : Buffer.from(JSON.stringify(part) ?? "null"),
  );
  if (kind === 3) parts[below(4)] = Buffer.from("[".repeat(5000) + "]".repeat(5000));
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  const signature = kind === 4 ? randomUUID() : hmac.digest("hex");
  const buffers = kind === 5 ? [bytes(below(100_000), random)] : [];
  const frames = ["<IDS|MSG>", signature, ...parts, ...buffers].map((one) => Buffer.from(one));
  if (kind === 6) frames.splice(below(frames.length), 1);
  last = frames;
  return frames.length > 0 ? frames : [Buffer.alloc(0)];
}

function header(random: Random): unknown {
  if (random() < 0.1) return value(random, 0);
  const type = random() < 0.1 ? value(random, 1) : pick(TYPES, random);
  const id = random() < 0.1 ? value(random, 1) : randomUUID();
  return { msg_id: id, msg_type: type, session: "s", username: "u", date: "d", version: "5.4" };
}

function content(random: Random): unknown {
  if (random() < 0.1) return value(random, 0);
  const entries = Array.from({ length: Math.floor(random() * 6) }, () => {
    const field = pick(FIELDS, random);
    if (field === "code" && random() < 0.8) return [field, pick(CODES, random)];
    if (field === "command") return [field, pick(COMMANDS, random)];
    return [field, value(random, 0)];
  });
  return Object.fromEntries([["code", pick(CODES, random)], ...entries]) as unknown;
}

function value(random: Random, depth: number): unknown {
  const simple = [null, true, -1, 1e308, 0.5, "", "x".repeat(1000), "__proto__", 2 ** 53];
  if (depth > 2 || random() < 0.6) return pick(simple, random);
  const inner = () => value(random, depth + 1);
  return random() < 0.5 ? [inner(), inner()] : { [pick(FIELDS, random)]: inner() };
}

function bytes(length: number, random: Random): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)] as T;
}
