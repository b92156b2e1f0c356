import type { ToRuntime } from "../link.js";

const LOOK_MS = 500;
/** How long the runtime may take to end by itself. */
const END_MS = 1500;

/** Ends the kernel when the program that started it is gone, also in an endless loop. */
export function watchParent(post: (message: ToRuntime) => void): void {
  const { ppid } = process;
  const timer = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(timer);
    post({ type: "exit" });
    setTimeout(() => process.kill(process.pid, "SIGKILL"), END_MS);
  }, LOOK_MS);
}
