import type { Redis } from "ioredis";
import { splitCommand } from "./split-command.js";
import { nextEvent, within } from "./waiting.js";

/** A command that Redis ran. */
export interface Seen {
  readonly args: readonly Buffer[];
  /** Address of the client, or `lua` for what a script calls. */
  readonly source: string;
}

/** How long a step on the way to MONITOR may take, in milliseconds. */
const STEP_MS = 5000;
const LINE = /^\+\d+\.\d+ \[\d+ (.+?)\] (".*)$/;

/**
 * Watches what Redis runs, by MONITOR on a connection of its own. Not by the `monitor()` of ioredis:
 * on a server that others use, commands arrive together with MONITOR's own reply, and it takes them
 * for replies that nobody asked for.
 *
 * @returns ends the connection
 * @throws {TimeoutError} when Redis does not answer
 */
export async function watchCommands(
  redis: Redis,
  onCommand: (seen: Seen) => void,
): Promise<() => Promise<void>> {
  const monitor = redis.duplicate({ lazyConnect: true, retryStrategy: () => null });
  // The connection is closed whatever happens to it.
  monitor.on("error", () => {});
  const stop = async () => {
    const closed = nextEvent(monitor, "end", 500).catch(() => {});
    monitor.disconnect();
    await closed;
  };
  try {
    await within(monitor.connect(), STEP_MS, "a connection to watch Redis");
    // Its reply comes after those of all that ioredis says while it connects.
    await within(monitor.ping(), STEP_MS, "the reply to ping");
    const { stream } = monitor;
    stream.removeAllListeners("data");
    const started = new Promise<void>((resolve) => {
      let rest = "";
      stream.on("data", (chunk: Buffer) => {
        // MONITOR escapes all that is not ASCII.
        const lines = (rest + chunk.toString("latin1")).split("\r\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          const [, source, words] = LINE.exec(line) ?? [];
          const args = words === undefined ? undefined : splitCommand(words);
          if (source !== undefined && args !== undefined) onCommand({ args, source });
          else if (line === "+OK") resolve();
        }
      });
    });
    stream.write("*1\r\n$7\r\nMONITOR\r\n");
    await within(started, STEP_MS, "the reply to MONITOR");
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
