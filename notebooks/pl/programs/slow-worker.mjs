// A worker in a process of its own, which notebooks start and kill:
// node slow-worker.mjs PREFIX QUEUE MILLISECONDS [crash]
import { Worker } from "bullmq";
import { Redis } from "ioredis";

const [prefix = "", queue = "", milliseconds = "0", mode] = process.argv.slice(2);
const connection = new Redis(process.env.REDIS_URL ?? "", { maxRetriesPerRequest: null });

const work = async (job) => {
  // As a fault in native code would end it, with no chance to say anything.
  if (mode === "crash") process.kill(process.pid, "SIGKILL");
  await new Promise((done) => setTimeout(done, Number(milliseconds)));
  return `${job.id} done in the other process`;
};
const worker = new Worker(queue, work, {
  connection,
  prefix,
  lockDuration: 300,
  stalledInterval: 100,
});
worker.on("error", () => {});

// oxlint-disable-next-line typescript/no-misused-promises
process.once("SIGTERM", async () => {
  await worker.close();
  connection.disconnect();
  console.log("closed");
});
