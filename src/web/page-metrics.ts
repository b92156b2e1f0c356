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
  readonly #jobs = new Gauge({
    name: "lab_queue_jobs",
    help: "Jobs in the queue by state",
    labelNames: ["queue", "state"],
    registers: [this.#registry],
  });
  readonly #open = new Gauge({
    name: "lab_queue_open_jobs",
    help: "Jobs that wait, or are at work: what to scale workers by",
    labelNames: ["queue"],
    registers: [this.#registry],
  });

  constructor(private readonly client: JobClient) {
    collectDefaultMetrics({ register: this.#registry });
  }

  count(method: string, route: string, status: number, seconds: number): void {
    this.#requests.inc({ method, route, status });
    this.#seconds.observe({ route }, seconds);
  }

  /** The text that Prometheus reads; without the queues while Redis is away. */
  async text(): Promise<string> {
    await this.#countJobs();
    return this.#registry.metrics();
  }

  async #countJobs(): Promise<void> {
    this.#jobs.reset();
    this.#open.reset();
    for (const queue of QUEUE_NAMES) {
      const states = ["wait", "prioritized", "active", "delayed"] as const;
      const asked = answered(this.client.queue(queue).getJobCounts(...states));
      // How the page itself does is asked for most when Redis is away.
      const counts = await asked.catch(() => undefined);
      if (counts === undefined) return;
      for (const [state, count] of Object.entries(counts)) this.#jobs.set({ queue, state }, count);
      const { wait = 0, prioritized = 0, active = 0 } = counts;
      this.#open.set({ queue }, wait + prioritized + active);
    }
  }
}
