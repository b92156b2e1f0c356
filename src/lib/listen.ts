import { randomUUID } from "node:crypto";
import { connect } from "./connections.js";
import { within } from "./waiting.js";

export interface Message {
  readonly channel: string;
  readonly message: string;
}

/** How long the last message may take after the block, in milliseconds. */
const LAST_MS = 5000;

/**
 * Runs a block and gives the messages that were published meanwhile, in their order: all of them,
 * and none that came later. It listens on a connection of its own.
 *
 * @param pattern a channel, or a pattern as PSUBSCRIBE takes it
 * @param block may be asynchronous; a command that it does not await may be missed
 * @throws what the block throws
 */
export async function listen(pattern: string, block: () => unknown): Promise<Message[]> {
  const redis = await connect("publisher of listen");
  const subscriber = redis.duplicate({ connectionName: "listen" });
  // Without a listener ioredis prints each failed attempt; the command itself fails, too.
  subscriber.on("error", () => {});
  const messages: Message[] = [];
  const marker = `lab:listen:${randomUUID()}`;
  subscriber.on("pmessage", (_pattern: string, channel: string, message: string) => {
    messages.push({ channel, message });
  });
  const end = new Promise<void>((resolve) => {
    subscriber.on("message", () => resolve());
  });
  try {
    await subscriber.subscribe(marker);
    await subscriber.psubscribe(pattern);
    await block();
    // Redis delivers in one order: once this one has come, all before it have.
    await redis.publish(marker, "end");
    await within(end, LAST_MS, "the last message");
    return messages;
  } finally {
    const closed = new Promise((resolve) => subscriber.once("end", resolve));
    subscriber.disconnect();
    await within(closed, LAST_MS, "the end of a connection").catch(() => {});
  }
}
