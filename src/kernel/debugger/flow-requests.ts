import { DebugError } from "../errors.js";
import type { Arguments } from "./arguments.js";
import { dataOf, isException, type Engine } from "./engine.js";
import type { Stop } from "./stop.js";

type Body = Record<string, unknown>;

/** All cells run in one thread. */
export const THREAD = { id: 1, name: "Cells" };

/** The requests about what runs and what stands still. */
export class FlowRequests {
  constructor(
    private readonly engine: () => Engine,
    private readonly isRunning: () => boolean,
    private readonly pauseNext: () => void,
  ) {}

  threads(): Body {
    return { threads: [THREAD] };
  }

  stackTrace(args: Arguments): Body {
    this.#checkThread(args);
    const { frames } = this.#stop();
    const start = args.optionalNumber("startFrame") ?? 0;
    const levels = args.optionalNumber("levels") ?? 0;
    const shown = frames.slice(start, levels === 0 ? undefined : start + levels);
    return { stackFrames: shown.map((frame) => frame.shown), totalFrames: frames.length };
  }

  async go(how: Parameters<Engine["go"]>[0], args: Arguments): Promise<Body> {
    this.#checkThread(args);
    await this.engine().go(how);
    return { allThreadsContinued: true };
  }

  /** Where nothing runs, the next cell stops at its beginning. */
  async pause(args: Arguments): Promise<Body> {
    this.#checkThread(args);
    if (this.isRunning()) await this.engine().pause();
    else this.pauseNext();
    return {};
  }

  async setExceptionBreakpoints(args: Arguments): Promise<Body> {
    const wanted = new Set([
      ...args.texts("filters"),
      ...args.list("filterOptions").map((option) => option.optionalText("filterId")),
    ]);
    const known = (["caught", "uncaught"] as const).filter((filter) => wanted.has(filter));
    await this.engine().setFilters(known);
    return {
      breakpoints: [...wanted].map((one) => ({ verified: known.some((is) => is === one) })),
    };
  }

  exceptionInfo(): Body {
    const { event } = this.#stop();
    if (!isException(event)) throw new DebugError("The cell was not stopped by an exception.");
    const { description = "", value } = dataOf(event);
    const [headline = ""] = (description || String(value)).split("\n");
    const exceptionId = /^[\w$.]+/.exec(headline)?.[0] ?? "Thrown";
    const details = { message: headline, stackTrace: description };
    return { exceptionId, description: headline, breakMode: "always", details };
  }

  #stop(): Stop {
    const { stop } = this.engine();
    if (stop === undefined) throw new DebugError("The cell is not stopped.");
    return stop;
  }

  #checkThread(args: Arguments): void {
    const id = args.optionalNumber("threadId") ?? THREAD.id;
    if (id !== THREAD.id) throw new DebugError(`There is no thread ${id}: all cells run in 1.`);
  }
}
