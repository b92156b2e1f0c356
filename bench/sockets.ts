import { createRequire } from "node:module";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer } from "zeromq";
import { socketAddress, type SocketName } from "jupyter-wire/connection-info";
import { seededRandom } from "#lab/check/seeded-random.js";
import { MeasuredKernel } from "./kernel-client.js";
import { hostileFrames } from "./sockets/hostile-frames.js";

// Sends broken, forged, odd and replayed messages to all sockets of a kernel, and looks after each 200
// whether it still runs cells. Usage: npm run bench:sockets [-- SECONDS SEED]: many short runs, each with
// a seed of its own, make a long one. Exit status 1 when the kernel ended, was silent for 30 s, or grew
// beyond a gigabyte: it keeps what was asked, and V8 lets a heap grow.
const [seconds = 60, seed = Date.now() % 1e6] = process.argv.slice(2).map(Number);
const SOCKETS: readonly SocketName[] = ["shell", "control", "stdin", "hb"];
const BETWEEN_CHECKS = 200;
const WARM_UP_CHECKS = 20;
const MOST_MB = 1000;

const program = createRequire(import.meta.url).resolve("typescript-kernel/runtime");
const folder = await mkdtemp(join(tmpdir(), "sockets-bench-"));
const argv = (file: string) => [process.execPath, program, file, "--history=off"];
const { kernel } = await MeasuredKernel.start(argv, folder, folder);
const dealers = SOCKETS.map((name) => {
  const dealer = new Dealer({ linger: 0, sendTimeout: 5000, sendHighWaterMark: 0 });
  dealer.connect(socketAddress(kernel.info, name));
  return dealer;
});
const random = seededRandom(seed);
console.log(`${seconds} s, seed ${seed}`);
let sent = 0;
let checks = 0;
let before = 0;
try {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    for (let i = 0; i < BETWEEN_CHECKS; i++) {
      const dealer = dealers[Math.floor(random() * dealers.length)];
      await dealer?.send(hostileFrames(kernel.info.key, random));
      sent++;
    }
    await runsCells();
    if (++checks === WARM_UP_CHECKS) before = kernel.memory();
  }
  const memory = kernel.memory();
  const { exitCode, signalCode } = kernel.child;
  console.log(
    `${sent} messages, ${checks} checks passed; ${Math.round(before)} MB, then ${Math.round(memory)} MB; ` +
      `the kernel ${exitCode ?? signalCode ?? "runs"}`,
  );
  if (memory > MOST_MB) throw new Error("The kernel has grown.");
} catch (error) {
  const { exitCode, signalCode } = kernel.child;
  console.error(`After ${sent} messages (kernel: ${exitCode ?? signalCode ?? "runs"}):`, error);
  process.exitCode = 1;
} finally {
  for (const dealer of dealers) dealer.close();
  await kernel.stop();
  await rm(folder, { recursive: true, force: true });
}

/** An interrupt that was among the messages may stop a check. */
async function runsCells(): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return void (await kernel.run("6 * 7"));
    } catch (error) {
      if (tries === 5 || !/ended with status/.test(String(error))) throw error;
    }
  }
}
