import type { Kernel } from "./kernel/kernel.js";
import { settlesWithin } from "guarded-processes/time-limit";

/** How long a kernel may take to tell. */
const ANSWER_MS = 1000;

/** Python's own words for the threads that keep its process from ending. */
const THREADS =
  "'; '.join('the thread ' + t.name + ' (' + type(t).__name__ + ')' for t in " +
  "__import__('threading').enumerate() if not t.daemon and t is not " +
  "__import__('threading').main_thread())";

/** What will keep a kernel from ending, as far as its language can tell before it ends. */
export async function openThreads({ connection }: Kernel, language: string): Promise<string[]> {
  if (language !== "python") return [];
  const request = { code: "", silent: true, user_expressions: { open: THREADS } };
  const future = connection.requestExecute(request, true);
  let answer: unknown;
  future.onReply = ({ content }) => {
    if (content.status === "ok") answer = content.user_expressions?.["open"];
  };
  await settlesWithin(future.done, ANSWER_MS);
  const { data } = (answer ?? {}) as { data?: Record<string, unknown> };
  const told = data?.["text/plain"];
  const text = typeof told === "string" ? told.replace(/^['"]|['"]$/g, "") : "";
  return text === "" ? [] : text.split("; ");
}
