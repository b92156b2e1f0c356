import type { CallFrame, PausedEvent } from "./inspector.js";
import { hasUserCode, type Stop, type StopFrame } from "./stop.js";

/** So many of V8's steps are made for one of the user's. */
const STEPS_MAX = 300;

export type Step = "stepInto" | "stepOver" | "stepOut";

/** Where a step began. */
interface Start {
  readonly scriptId: string;
  readonly functionStart: string;
  readonly line: number;
  readonly depth: number;
}

/**
 * Makes of V8's steps, which go from one part of a line to the next and through Node's own code, steps
 * from line to line of the user's code.
 */
export class Steps {
  /** What the user has asked for and is not done yet. */
  move: Step | "pause" | undefined;
  #start: Start | undefined;
  #count = 0;

  constructor(
    private readonly kernelUrl: string,
    private readonly urlOf: (scriptId: string) => string,
  ) {}

  begin(move: Step | "pause", from?: Stop): void {
    this.move = move;
    this.#start = from && startOf(from);
    this.#count = 0;
  }

  end(): void {
    this.move = undefined;
  }

  /** Where V8 has stopped without a breakpoint or exception: what is to be done. */
  decide(event: PausedEvent, frames: readonly StopFrame[]): "stop" | "resume" | Step {
    const mayGoOn = ++this.#count < STEPS_MAX;
    // The end of a cell was passed; a pause waits for the next that comes.
    if (!hasUserCode(frames)) return this.move === "pause" && mayGoOn ? "stepInto" : "resume";
    const isInside = frames[0]?.origin.kind === "internal" || this.#isInKernel(event);
    if (!isInside) {
      const goesOn = frames[0]?.isPlaced === false || this.#goesOnInLine(event, frames);
      return goesOn && mayGoOn ? this.#again() : "stop";
    }
    const isWayIn = this.move !== "stepOver" && this.move !== "stepOut" && mayGoOn;
    return isWayIn && this.#mayCallBack(event) ? "stepInto" : "stepOut";
  }

  /** Whether Node's code on top may call some of the user's: `emit` does, hooks of promises do not. */
  #mayCallBack({ callFrames }: PausedEvent): boolean {
    const urls = callFrames.map(({ location }) => this.urlOf(location.scriptId));
    const caller = urls.findIndex((url) => !url.startsWith("node:"));
    const called = callFrames[caller === -1 ? callFrames.length - 1 : caller - 1];
    if (called === undefined) return true;
    const isKernelFile = urls[caller]?.startsWith(this.kernelUrl) === true;
    const isHook = /async_(hooks|local|context)/.test(this.urlOf(called.location.scriptId));
    return isKernelFile || isHook ? /^(run|runInAsyncScope)$/.test(called.functionName) : true;
  }

  /**
   * Whether a step has not left its line. V8 stops at each part of a line, also at those that the
   * compiler has added to it.
   */
  #goesOnInLine({ callFrames }: PausedEvent, [top]: readonly StopFrame[]): boolean {
    const start = this.#start;
    const call = callFrames[0];
    if (start === undefined || call === undefined || !this.#isStep()) return false;
    return (
      call.location.scriptId === start.scriptId &&
      functionOf(call) === start.functionStart &&
      top?.shown.line === start.line &&
      callFrames.length <= start.depth
    );
  }

  #isStep(): boolean {
    return this.move !== undefined && this.move !== "pause";
  }

  #again(): Step {
    return this.move === "stepInto" ? "stepInto" : "stepOver";
  }

  #isInKernel({ callFrames: [top] }: PausedEvent): boolean {
    const url = top === undefined ? "" : this.urlOf(top.location.scriptId);
    return url.startsWith(this.kernelUrl);
  }
}

function startOf({ event: { callFrames }, frames: [top] }: Stop): Start | undefined {
  const [call] = callFrames;
  if (call === undefined || top === undefined) return undefined;
  const { scriptId } = call.location;
  const { line } = top.shown;
  return { scriptId, functionStart: functionOf(call), line, depth: callFrames.length };
}

function functionOf({ functionLocation: at }: CallFrame): string {
  return `${at?.lineNumber}:${at?.columnNumber}`;
}
