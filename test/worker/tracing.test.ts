import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { openTracing, telemetry, traced } from "redis-lab-jobs";
import { expect, test, vi } from "vitest";
import { ask, form, picture } from "../web/http.js";
import { openServer, openTestRedis, PNG } from "../web/server.js";
import { WorkerProcess } from "./process.js";

interface Span {
  readonly traceId: string;
  readonly name: string;
}
interface Sent {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: Span[] }[] }[];
}

test("one trace leads from the upload through the queue to the zip", async () => {
  const spans: Span[] = [];
  const collector = createServer((request, response) => {
    void text(request).then((body) => {
      const { resourceSpans } = JSON.parse(body) as Sent;
      spans.push(...resourceSpans.flatMap((one) => one.scopeSpans.flatMap((two) => two.spans)));
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  const { port } = collector.address() as AddressInfo;
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const redis = await openTestRedis();
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.OTEL_EXPORTER_OTLP_ENDPOINT);
  const endTracing = await openTracing("page");
  vi.unstubAllEnvs();
  const page = await openServer(redis.url, { prefix: "lab:jobs" });
  const env = { ...endpoint, OTEL_BSP_SCHEDULE_DELAY: "100" };
  const worker = new WorkerProcess({ redisUrl: redis.url, mediaRoot: page.mediaRoot }, env);
  try {
    await worker.logged("worker ready");
    const sent = form([picture(PNG)]);
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
    await ask(page.url, { ...sent, headers: { ...sent.headers, traceparent } });
    await worker.logged("done");
    await endTracing();
    await vi.waitFor(() => expect(spans.map(({ name }) => name)).toContain("store"), 10_000);
    const own = spans.filter((span) => span.traceId === traceId).map(({ name }) => name);
    expect(own).toEqual(expect.arrayContaining(["upload", "read", "thumbnails", "zip", "store"]));
    expect(own.filter((name) => /thumbnails/.test(name)).length).toBeGreaterThan(2);
  } finally {
    await worker.kill();
    await page.close();
    await redis.stop();
    collector.closeAllConnections();
    collector.close();
  }
});

test("without an endpoint nothing is set up, and what was asked for is done", async () => {
  const end = await openTracing("page", {});
  expect(telemetry()).toBeUndefined();
  expect(await traced("upload", {}, async () => 42)).toBe(42);
  await end();
});
