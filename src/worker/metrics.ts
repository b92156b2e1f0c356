import { createServer } from "node:http";
import { once } from "node:events";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { QUEUE_NAMES, type JobClient } from "redis-lab-jobs";

/** What the worker counts; each worker has its own, and Prometheus adds them up. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #jobs = new Counter({
    name: "lab_jobs_total",
    help: "Attempts at jobs that ended: completed, failed, or to be tried again (retried)",
    labelNames: ["job", "outcome"],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: "lab_job_seconds",
    help: "How long an attempt took",
    labelNames: ["job"],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60],
    registers: [this.#registry],
  });
  readonly #waited = new Histogram({
    name: "lab_job_wait_seconds",
    help: "How long a job waited in its queue for its first attempt",
    labelNames: ["job"],
    buckets: [0.001, 0.01, 0.1, 1, 10, 60, 600, 3600],
    registers: [this.#registry],
  });

  constructor(client: JobClient) {
    collectDefaultMetrics({ register: this.#registry });
    this.#registry.registerMetric(queueGauge(client));
  }

  /** Counts an attempt that has ended. */
  count(job: string, outcome: "completed" | "failed" | "retried", seconds: number): void {
    this.#jobs.inc({ job, outcome });
    this.#seconds.observe({ job }, seconds);
  }

  /** Counts a job that is begun for the first time. */
  begun(job: string, waitedSeconds: number): void {
    this.#waited.observe({ job }, Math.max(0, waitedSeconds));
  }

  /** The text that Prometheus reads. */
  async text(): Promise<string> {
    return this.#registry.metrics();
  }
}

function queueGauge(client: JobClient): Gauge<"queue" | "state"> {
  return new Gauge({
    name: "lab_queue_jobs",
    help: "Jobs in the queue, of all workers, by state",
    labelNames: ["queue", "state"],
    registers: [],
    async collect() {
      for (const queue of QUEUE_NAMES) {
        const counts = await client
          .queue(queue)
          .getJobCounts("wait", "prioritized", "active", "delayed");
        for (const [state, count] of Object.entries(counts)) this.set({ queue, state }, count);
      }
    },
  });
}

/**
 * Answers `GET /metrics` on 127.0.0.1.
 *
 * @param port 0 for any that is free
 * @returns its URL, and what closes it
 * @throws {Error} when the port is in use
 */
export async function serveMetrics(metrics: Metrics, port: number) {
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") {
      response.writeHead(404).end("See /metrics\n");
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(text),
      (error: Error) => response.writeHead(503).end(`${error.message}\n`),
    );
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : port}/metrics`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, close };
}
