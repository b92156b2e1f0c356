import { createHook } from "node:async_hooks";
import { Session } from "node:inspector";
import { KeyboardInterrupt } from "../errors.js";
import { kernelRuns } from "./unwind.js";

interface RemoteObject {
  readonly objectId?: string;
  readonly type: string;
  readonly value?: unknown;
  readonly unserializableValue?: string;
}

interface Evaluated {
  readonly exceptionDetails?: { readonly text: string; readonly exception?: RemoteObject };
}

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
  #thrown: unknown;

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
      onFirstPromise((promise) => (evaluation.promise = promise));
      this.#session.post("Runtime.evaluate", parameters, (error, result) => {
        this.#evaluations.delete(evaluation);
        const { exceptionDetails } = (result ?? {}) as Evaluated;
        if (error) reject(new KeyboardInterrupt());
        else if (exceptionDetails) reject(this.#local(exceptionDetails));
        else resolve();
      });
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

  /** Called by the function below, in V8's name. */
  readonly keep = (thrown: unknown): void => {
    this.#thrown = thrown;
  };

  /** The thrown value itself, of which the inspector only gives a description. */
  #local({ exception, text }: NonNullable<Evaluated["exceptionDetails"]>): unknown {
    if (exception === undefined) return new Error(text);
    const { objectId } = exception;
    if (objectId === undefined) return primitive(exception);
    this.#thrown = undefined;
    const functionDeclaration = "function (thrown) { $kernel$.keep(thrown); }";
    const parameters = { objectId, functionDeclaration, arguments: [{ objectId }] };
    this.#session.post("Runtime.callFunctionOn", parameters, () => {});
    this.#session.post("Runtime.releaseObject", { objectId }, () => {});
    const thrown = this.#thrown;
    this.#thrown = undefined;
    return thrown;
  }
}

function primitive({ type, value, unserializableValue }: RemoteObject): unknown {
  if (unserializableValue === undefined) return value;
  return type === "bigint" ? BigInt(unserializableValue.slice(0, -1)) : Number(unserializableValue);
}

let onPromise: (promise: object) => void = () => {};
const firstPromise = createHook({
  init(_id, type, _trigger, resource) {
    if (type !== "PROMISE") return;
    firstPromise.disable();
    onPromise(resource);
  },
});

/**
 * Tells of the next promise that is made, which is that of an evaluation that begins. It must be kept:
 * when V8 collects it as garbage, it tells that the evaluation can never end, even of one that has
 * just ended, and in Node 22 that ends the process.
 */
function onFirstPromise(tell: (promise: object) => void): void {
  onPromise = tell;
  firstPromise.enable();
}

function connected(): Session {
  const session = new Session();
  session.connect();
  return session;
}
