import { Session } from "node:inspector";
import { promiseHooks } from "node:v8";
import { KeyboardInterrupt } from "../errors.js";
import { kernelRuns } from "./kernel-code.js";

interface Evaluated {
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string };
  };
}

/** Kept, since cells may replace it. */
// eslint-disable-next-line typescript/unbound-method -- it is called with a promise as its `this`
const { then } = Promise.prototype;

/**
 * Evaluates code by V8's own REPL mode: what a script declares, later scripts see and may declare
 * again, with `await` anywhere. The session is in this process; no debugger port is opened.
 */
export class Evaluator {
  #session = connected();
  /** One of its own: its answer comes when the other may be closed. */
  readonly #terminator = connected();
  /** Those that have not ended; each holds its promise. */
  readonly #evaluations = new Set<{ promise?: object }>();

  /**
   * Runs code to its end, `await` included.
   *
   * @throws what the code throws; KeyboardInterrupt when it was terminated
   */
  run(code: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const parameters = { expression: code, replMode: true, awaitPromise: true };
      kernelRuns(false);
      const evaluation: { promise?: object } = {};
      this.#evaluations.add(evaluation);
      const onEnd = (error: Error | null, result?: object) => {
        this.#evaluations.delete(evaluation);
        const { exceptionDetails } = (result ?? {}) as Evaluated;
        if (error) reject(new KeyboardInterrupt());
        else if (exceptionDetails === undefined) resolve();
        // Of what was thrown, the inspector gives a description only.
        else if (evaluation.promise) void then.call(evaluation.promise, undefined, reject);
        else reject(uncompiled(exceptionDetails));
      };
      firstPromise(
        () => this.#session.post("Runtime.evaluate", parameters, onEnd),
        (promise) => (evaluation.promise = promise),
      );
    });
  }

  /**
   * Ends the code that runs, as soon as it runs on.
   *
   * @param onUnwound called when nothing of it is on the stack any more, before Node goes on
   */
  terminate(onUnwound: () => void): void {
    this.#terminator.post("Runtime.terminateExecution", (error) => {
      if (error) return;
      onUnwound();
      this.abandon();
    });
  }

  /** Waits no longer for what was stopped. */
  abandon(): void {
    if (this.#evaluations.size === 0) return;
    this.#session.disconnect();
    this.#session = connected();
    this.#evaluations.clear();
  }
}

/** The error of code that V8 could not compile: then there is no promise. */
function uncompiled({ exception, text }: NonNullable<Evaluated["exceptionDetails"]>): SyntaxError {
  const [first = text] = (exception?.description ?? text).split("\n");
  return new SyntaxError(first.replace(/^SyntaxError: /, ""));
}

/**
 * Begins an evaluation, and gives the first promise that is made by that, which is the evaluation's. It
 * must be kept: when V8 collects it as garbage, it tells that the evaluation can never end, even of
 * one that has just ended, and in Node 22 that ends the process.
 *
 * Not by `createHook` of async_hooks: a termination within one of its hooks leaves it out of order.
 */
function firstPromise(evaluate: () => void, tell: (promise: object) => void): void {
  const stop = promiseHooks.onInit((promise) => {
    stop();
    tell(promise);
  }) as () => void;
  evaluate();
  stop();
}

function connected(): Session {
  const session = new Session();
  session.connect();
  return session;
}
