import type { Shutdown } from "../run/kernel/kernel.js";
import type { Failure } from "./verdicts.js";

/** What to do in the last cell, in the words of the kernel's language. */
const ADVICE: Readonly<Record<string, string>> = {
  typescript: "close connections and servers, clear timers (clearInterval) and end child processes",
  javascript: "close connections and servers, clear timers (clearInterval) and end child processes",
  python: "join threads, cancel timers, shut executors and servers down, and wait for subprocesses",
  r: "close connections and clusters (stopCluster)",
  julia: "close tasks and sockets",
};

/** Judges what a kernel left open, unless the notebook may. */
export function judgeShutdown(
  { leaked, leftProcesses, open = [] }: Shutdown,
  language: string,
): Failure[] {
  const advice = ADVICE[language] ?? "close whatever the cells have opened";
  const what = open.length > 0 ? `Still open: ${open.join("; ")}` : "Something is still open";
  const messages = [
    ...(leaked ? [`The kernel did not end after its shutdown. ${what}.`] : []),
    ...leftProcesses.map((command) => `A process outlived the kernel, and was ended: ${command}`),
  ];
  return messages.map((message) => ({
    verdict: "leaked-handle",
    message: `${message}${message.endsWith(".") ? "" : "."} In the last cell, ${advice}; or allow it: --allow-leaks, or the tag allow-leaks.`,
  }));
}
