import { Session, type Debugger as V8 } from "node:inspector";
import { DebugError } from "../errors.js";

export type PausedEvent = V8.PausedEventDataType;
export type CallFrame = V8.CallFrame;
export type ScriptParsed = V8.ScriptParsedEventDataType;

/** So long may the runtime not answer: native code, such as `execSync`, cannot be interrupted. */
const ANSWER_MS = 10_000;

interface Listeners {
  readonly onPaused: (event: PausedEvent) => void;
  readonly onResumed: () => void;
  readonly onScript: (script: ScriptParsed) => void;
  readonly onResolved: (event: V8.BreakpointResolvedEventDataType) => void;
}

/**
 * V8's debugger of the runtime, as the protocol thread reaches it: also while a loop runs, and while
 * the runtime stands still.
 */
export class Inspector {
  readonly #session = new Session();

  constructor(listeners: Listeners) {
    this.#session.connectToMainThread();
    this.#session.on("Debugger.paused", ({ params }) => listeners.onPaused(params));
    this.#session.on("Debugger.resumed", () => listeners.onResumed());
    this.#session.on("Debugger.scriptParsed", ({ params }) => listeners.onScript(params));
    this.#session.on("Debugger.breakpointResolved", ({ params }) => listeners.onResolved(params));
  }

  /**
   * Sends a command of the Chrome DevTools Protocol.
   *
   * @throws {DebugError} when V8 refuses, or does not answer within 10 seconds
   */
  post<Result = void>(method: string, params: object = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      const late = () => reject(new DebugError("The kernel is busy in native code: try again."));
      const timer = setTimeout(late, ANSWER_MS);
      this.#session.post(method, params, (error: Error | null, result?: object) => {
        clearTimeout(timer);
        if (error) reject(new DebugError(error.message.replace(/^Inspector error -?\d+: /, "")));
        else resolve(result as Result);
      });
    });
  }

  /** Ends the session: a stopped cell goes on, all breakpoints are gone. */
  close(): void {
    this.#session.disconnect();
  }
}
