import { parseNotebook } from "notebook-runner/read/notebook";
import { bundledTypescript } from "notebook-runner/run/launch";
import { runAll } from "notebook-runner/run/run-all";
import { openRedis, type RedisSource } from "../redis/redis.js";
import { withWorker } from "../services/worker-slot.js";
import type { Verdict } from "./verdict.js";

/** What the grader writes to this program's stdin. */
export interface Order {
  readonly file: string;
  readonly text: string;
  readonly judging: number;
  /** Comes back with the verdict: what anybody else writes to stdout is none. */
  readonly token: string;
  readonly redis: RedisSource;
  readonly root: string;
  readonly cellSeconds: number;
  readonly seconds: number;
}

// A process of its own for each answer: it may be ended, and run out of memory, alone.
let input = "";
for await (const part of process.stdin.setEncoding("utf8")) input += String(part);
const order = JSON.parse(input) as Order;
const verdict = await judged(order);
process.stdout.write(`\n${JSON.stringify({ token: order.token, verdict })}\n`);

async function judged({ file, text, judging, redis, root, ...limits }: Order): Promise<Verdict> {
  const { env } = process;
  const [result] = await runAll([{ ...parseNotebook(file, text), allowErrors: true }], {
    launch: bundledTypescript(),
    env,
    jobs: 1,
    rounds: 1,
    update: false,
    allowLeaks: true,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: limits.cellSeconds,
    notebookTimeoutSeconds: limits.seconds,
    signal: new AbortController().signal,
    openSlot: async () => {
      const server = await openRedis(redis);
      const slot = { env: { REDIS_URL: server.url }, stop: () => server.stop() };
      return withWorker(slot, { root, env, isShared: false });
    },
    onEvent: () => {},
  });
  // An answer that had to be stopped is none, whatever it declared before.
  const failure = result?.failures.find(({ verdict: it }) => /timeout|died|aborted/.test(it));
  if (failure) {
    const kind = failure.verdict.includes("timeout") ? "too-long" : "stopped";
    return { kind, reason: failure.message };
  }
  const cell = result?.cells.find(({ cell: { index } }) => index === judging);
  const error = cell?.outputs.find((output) => output.output_type === "error");
  if (error?.output_type === "error") {
    return error.ename === "CheckError"
      ? { kind: "not-yet", reason: error.evalue }
      : { kind: "error", reason: `${error.ename}: ${error.evalue}` };
  }
  if (cell?.status === "passed") return { kind: "solved", reason: "" };
  return { kind: "stopped", reason: result?.failures[0]?.message ?? "The answer was not judged." };
}
