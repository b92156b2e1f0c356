import type { CodeCell } from "../read/notebook.js";
import { OutputFold, type Displays, type OutputMessage } from "./fold-outputs.js";
import type { Widgets } from "./widgets.js";
import type { Kernel, KernelEnd } from "./kernel/kernel.js";
import { settlesWithin } from "guarded-processes/time-limit";

/** How one execution of a cell came out. */
export type CellEnd =
  | { readonly kind: "ok" }
  | { readonly kind: "error"; readonly name?: string; readonly value?: string }
  | { readonly kind: "aborted" }
  | { readonly kind: "lost"; readonly what: string }
  | ({ readonly kind: "died" } & KernelEnd)
  | { readonly kind: "timeout" };

export interface CellRun {
  readonly end: CellEnd;
  /** Goes on folding what arrives late for this cell. */
  readonly fold: OutputFold;
  /** Whether the kernel has said anything about it. */
  readonly hasBegun: boolean;
}

/** How long after the reply the idle message may take before it is looked into. */
const IDLE_MS = 250;
/** How long a kernel may take to answer whether it is still there. */
const PROBE_MS = 5000;

/**
 * Runs one cell. It is finished when its reply and the idle message of the same request came.
 *
 * @param limit aborts when the cell, or the notebook, has run too long
 * @param displays what earlier cells of the kernel have displayed
 * @param widgets those that they have made
 */
export async function executeCell(
  kernel: Kernel,
  cell: Pick<CodeCell, "source">,
  limit: AbortSignal,
  displays?: Displays,
  widgets?: Widgets,
): Promise<CellRun> {
  const fold = new OutputFold(displays, widgets);
  const lostBefore = kernel.lostMessages;
  // Not disposed when done, so that output of callbacks still finds its cell.
  const future = kernel.connection.requestExecute(
    { code: cell.source, allow_stdin: false, stop_on_error: false },
    false,
  );
  let idle = false;
  let hasBegun = false;
  const finished = new AbortController();
  const reply = new Promise<CellEnd>((resolve) => {
    future.onReply = (message) => resolve(replyEnd(message.content));
  });
  future.onIOPub = (message) => {
    hasBegun = true;
    fold.apply(message);
    if (isIdle(message)) idle = true;
  };
  const died = kernel.died.then((how): CellEnd => ({ kind: "died", ...how }));
  const timeout = new Promise<CellEnd>((resolve) => {
    if (limit.aborted) resolve({ kind: "timeout" });
    limit.addEventListener("abort", () => resolve({ kind: "timeout" }), {
      signal: finished.signal,
    });
  });
  try {
    const end = await Promise.race([reply, died, timeout]);
    if (end.kind === "died" || end.kind === "timeout") return { end, fold, hasBegun };
    if (!(await settlesWithin(future.done, IDLE_MS)) && !idle) {
      const fate = await Promise.race([probe(kernel, () => idle), died, timeout]);
      if (fate !== undefined) return { end: fate, fold, hasBegun };
    }
    const lost = kernel.lostMessages - lostBefore;
    if (lost > 0) {
      const what = `${lost} messages about it never came`;
      return { end: { kind: "lost", what }, fold, hasBegun };
    }
    return { end, fold, hasBegun };
  } finally {
    finished.abort();
  }
}

/**
 * Messages of one channel keep their order, so an answer to a later question proves that the idle
 * message of the cell was lost, and with it perhaps output.
 */
async function probe(kernel: Kernel, cameIdle: () => boolean): Promise<CellEnd | undefined> {
  const answered = await settlesWithin(kernel.connection.requestKernelInfo(), PROBE_MS);
  if (cameIdle()) return undefined;
  return {
    kind: "lost",
    what: answered
      ? "the message that ends its output never came"
      : "its output never ended and the kernel says nothing more",
  };
}

function replyEnd(content: { status: string; ename?: string; evalue?: string }): CellEnd {
  if (content.status === "ok") return { kind: "ok" };
  if (content.status !== "error") return { kind: "aborted" };
  return {
    kind: "error",
    ...(content.ename === undefined ? {} : { name: content.ename }),
    ...(content.evalue === undefined ? {} : { value: content.evalue }),
  };
}

function isIdle(message: OutputMessage): boolean {
  const { execution_state: state } = message.content as { execution_state?: string };
  return message.header.msg_type === "status" && state === "idle";
}
