import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { QUEUE_NAMES, type JobClient } from "redis-lab-jobs";
import { answered } from "./answered.js";

/** What the page counts; each page has its own, and Prometheus adds them up. */
export class PageMetrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: "lab_page_requests_total",
    help: "Answers by method, route and status",
    labelNames: ["method", "route", "status"],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: "lab_page_request_seconds",
    help: "How long an answer took, uploads included",
    labelNames: ["route"],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 300],
    registers: [this.#registry],
  });

  constructor(client: JobClient) {
    collectDefaultMetrics({ register: this.#registry });
    this.#registry.registerMetric(waiting(client));
  }

  count(method: string, route: string, status: number, seconds: number): void {
    this.#requests.inc({ method, route, status });
    this.#seconds.observe({ route }, seconds);
  }

  /** The text that Prometheus reads; without the queues while Redis is away. */
  async text(): Promise<string> {
    return this.#registry.metrics();
  }
}

function waiting(client: JobClient): Gauge<"queue" | "state"> {
  return new Gauge({
    name: "lab_queue_jobs",
    help: "Jobs in the queue by state",
    labelNames: ["queue", "state"],
    registers: [],
    async collect() {
      this.reset();
      for (const queue of QUEUE_NAMES) {
        const states = ["wait", "prioritized", "active", "delayed"] as const;
        const asked = answered(client.queue(queue).getJobCounts(...states));
        // How the page itself does is asked for most when Redis is away.
        const counts = await asked.catch(() => ({}));
        for (const [state, count] of Object.entries(counts)) this.set({ queue, state }, count);
      }
    },
  });
}
