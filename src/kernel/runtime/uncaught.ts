import { describeError } from "../output/traceback.js";
import { currentCell } from "./cell.js";
import type { Outbox } from "./outbox.js";

/**
 * Makes an error that nobody caught, thrown or a rejection, an error of the cell that caused it.
 * The kernel lives on, also after `process.removeAllListeners()`.
 */
export function ownUncaughtErrors(outbox: Outbox): void {
  const onError = (error: unknown) => {
    const cell = currentCell();
    const described = describeError(error);
    // What is left of a cell that was stopped ends this way.
    if (described.ename === "KeyboardInterrupt") return;
    if (cell?.running === true) cell.uncaught ??= { error };
    outbox.publish("error", { ...described }, cell);
  };
  const { queueMicrotask } = globalThis;
  // As it is before a listener belongs to the cell that adds it.
  const add = process.on.bind(process) as (event: string, listener: Listener) => void;
  const onRemove = (_event: unknown, listener: unknown) => {
    if (listener === onError) queueMicrotask(listen);
  };
  const listeners: Readonly<Record<string, Listener>> = {
    uncaughtException: onError,
    unhandledRejection: onError,
    removeListener: onRemove,
  };
  const listen = () => {
    for (const [event, listener] of Object.entries(listeners)) {
      if (!process.listeners(event as "exit").includes(listener)) add(event, listener);
    }
  };
  listen();
}

type Listener = (...values: unknown[]) => void;
