import type { Redis } from "ioredis";
import { openNamed } from "./connections.js";
import { until } from "./waiting.js";

/**
 * Waits until a connection waits in a blocking call, such as BRPOP or XREAD BLOCK: what is pushed
 * afterwards wakes it.
 *
 * @param client from `connect`, under a name that no other notebook uses: Redis is asked by name
 * @param milliseconds the limit; default 2000
 * @throws {TimeoutError} when it does not block, or not in time
 */
export async function untilBlocked(client: Redis, milliseconds = 2000): Promise<void> {
  const { client: asking } = await openNamed("main");
  const name = client.options.connectionName ?? "";
  const isBlocked = (line: string) =>
    line.includes(` name=${name} `) && / flags=[A-Za-z]*b/.test(line);
  await until(
    async () =>
      String(await asking.client("LIST"))
        .split("\n")
        .some(isBlocked),
    `a blocking call of the connection "${name}"`,
    milliseconds,
  );
}
