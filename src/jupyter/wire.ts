import { createHmac, timingSafeEqual } from "node:crypto";
import { WireError } from "./errors.js";
import type { Channel, Header, Message } from "./messages.js";

const DELIMITER = Buffer.from("<IDS|MSG>");

/**
 * Turns a message into ZeroMQ frames: delimiter, signature, header, parent header, metadata,
 * content, buffers. Routing ids go before them.
 *
 * Source: Jupyter client documentation, "Messaging in Jupyter", the wire protocol.
 */
export function encode(message: Message, key: string): Buffer[] {
  const signed = [message.header, message.parent_header, message.metadata, message.content].map(
    (part) => Buffer.from(JSON.stringify(part)),
  );
  return [
    DELIMITER,
    Buffer.from(signature(signed, key)),
    ...signed,
    ...message.buffers.map((buffer) => Buffer.from(buffer)),
  ];
}

/**
 * Reads a message from ZeroMQ frames and checks its signature.
 *
 * @throws {WireError} when frames are missing, a part is not JSON, or the signature is wrong
 */
export function decode(frames: readonly Uint8Array[], key: string, channel: Channel): Message {
  const parts = frames.map((frame) => Buffer.from(frame.buffer, frame.byteOffset, frame.length));
  const start = parts.findIndex((part) => part.equals(DELIMITER));
  if (start === -1) throw new WireError("A message without the delimiter <IDS|MSG> came in.");
  const sent = parts[start + 1];
  const signed = parts.slice(start + 2, start + 6);
  if (sent === undefined || signed.length < 4) throw new WireError("A message came in cut short.");
  const expected = Buffer.from(signature(signed, key));
  if (key !== "" && (sent.length !== expected.length || !timingSafeEqual(sent, expected))) {
    throw new WireError("A message with a wrong signature came in.");
  }
  const [header, parentHeader, metadata, content] = signed.map(parse);
  const { msg_id: id, msg_type: type } = header ?? {};
  if (typeof id !== "string" || typeof type !== "string") {
    throw new WireError("A message without an id or a type came in.");
  }
  return {
    channel,
    header: header as unknown as Header,
    parent_header: parentHeader as unknown as Header,
    metadata: metadata ?? {},
    content: content ?? {},
    buffers: parts.slice(start + 6),
  };
}

/** How many signatures are remembered: more than a client has under way, 5 MB at the most. */
const REMEMBERED = 50_000;

/** Remembers the signatures of messages, to tell one that somebody has recorded and sends again. */
export class SeenSignatures {
  readonly #seen = new Set<string>();

  /** @throws {WireError} for a signature that was there before */
  check(frames: readonly Uint8Array[]): void {
    const start = frames.findIndex((frame) => DELIMITER.equals(frame));
    const sent = Buffer.from(frames[start + 1] ?? []).toString("latin1");
    if (sent === "") return;
    if (this.#seen.has(sent)) throw new WireError("A message came in a second time.");
    this.#seen.add(sent);
    if (this.#seen.size > REMEMBERED) {
      const [oldest = ""] = this.#seen;
      this.#seen.delete(oldest);
    }
  }
}

/** The routing frames before the delimiter. */
export function splitIdentities(frames: readonly Uint8Array[]): readonly Uint8Array[] {
  return frames.slice(
    0,
    frames.findIndex((frame) => DELIMITER.equals(frame)),
  );
}

/** Hexadecimal HMAC-SHA256 over the four signed parts; empty without a key. */
function signature(parts: readonly Buffer[], key: string): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** Some send null where there is nothing. */
function parse(part: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(part.toString("utf8")) ?? {};
  } catch (error) {
    throw new WireError("A part of a message is not JSON.", { cause: error });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new WireError("A part of a message is no object.");
}
