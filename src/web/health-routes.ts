import type { FastifyInstance } from "fastify";
import { checkInsider, isForwarded } from "./access/dashboard-lock.js";
import { answered } from "./answered.js";
import type { AppOptions } from "./app.js";
import type { PageMetrics } from "./page-metrics.js";

/** A probe comes by address, or by a name that only a cluster knows, and is told nothing of use. */
export const isProbe = (url: string): boolean => url === "/healthz" || url === "/readyz";

/**
 * `GET /healthz` is 200 while the process answers; `GET /readyz` while it takes pictures, else 503 with
 * what is the matter. `GET /metrics` is for Prometheus: for who comes straight to HOST, or has the
 * dashboard's password.
 */
export async function healthRoutes(
  app: FastifyInstance,
  options: AppOptions,
  metrics: PageMetrics,
): Promise<void> {
  const { client, publicUrl, trustProxy, queuesPassword, trouble = () => undefined } = options;
  const unlimited = { config: { rateLimit: false } } as const;

  app.get("/healthz", unlimited, async (_request, reply) =>
    reply.header("cache-control", "no-store").send({ status: "ok" }),
  );

  app.get("/readyz", unlimited, async (_request, reply) => {
    const reason = trouble() ?? (await answered(client.redis.ping()).then(nothing, wordsOf));
    reply.header("cache-control", "no-store").code(reason === undefined ? 200 : 503);
    return reply.send(reason === undefined ? { status: "ok" } : { status: "unready", reason });
  });

  app.get("/metrics", async (request, reply) => {
    const hasProxy = publicUrl !== undefined || trustProxy !== undefined || isForwarded(request);
    if (hasProxy || queuesPassword !== undefined) checkInsider(request, reply, options);
    const text = await metrics.text();
    return reply
      .header("cache-control", "no-store")
      .type("text/plain; version=0.0.4; charset=utf-8")
      .send(text);
  });
}

const nothing = () => undefined;
const wordsOf = (error: unknown) => (error as Error).message;
