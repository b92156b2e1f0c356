import { Redis, type ChainableCommander, type Command } from "ioredis";
import { isGreeting, observing, type Observer } from "./observer.js";

/** Commands that were seen: ioredis may send one again when a connection opens. */
const seen = new WeakSet<Command>();
let isTapped = false;

/**
 * Lets the observer of an answer see what is sent by any connection of ioredis, once. Code that is
 * no answer is not touched.
 */
export function tapConnections(): void {
  if (isTapped) return;
  isTapped = true;
  // oxlint-disable-next-line typescript/unbound-method -- each is called with its client
  const { sendCommand, pipeline, multi } = Redis.prototype;
  Redis.prototype.sendCommand = function (command, stream) {
    const observer = observing.getStore();
    if (observer === undefined || seen.has(command) || isGreeting(this, command.name)) {
      return sendCommand.call(this, command, stream);
    }
    seen.add(command);
    const isLibrary = calledByBullMq();
    // Never settled, since nobody is left to hear of an error.
    if (observer.hasEnded && !isLibrary) return new Promise(() => {});
    const args = command.args.map((arg) => (Buffer.isBuffer(arg) ? arg : String(arg)));
    const { name, promise } = command;
    observer.command({ name, args, client: this }, promise, (byItself) => {
      sendCommand.call(this, command, byItself ? undefined : stream);
    });
    // The promise of a pipeline is that of its exec(), and BullMQ waits for its own in its own time.
    if (stream !== undefined || isLibrary) return promise;
    // As ioredis's own scanStream() gives one.
    const hasCallback =
      typeof (command as unknown as { callback?: unknown }).callback === "function";
    return observer.watch(promise, `the promise of ${name.toUpperCase()}`, hasCallback);
  };
  const withExec = (chain: ChainableCommander, observer: Observer | undefined) => {
    if (observer === undefined || calledByBullMq()) return chain;
    const exec = chain.exec.bind(chain);
    chain.exec = (...args) =>
      observer.watch(exec(...args), "the promise of exec()", args.length > 0);
    return chain;
  };
  Redis.prototype.pipeline = function (...args) {
    return withExec(pipeline.apply(this, args), observing.getStore());
  };
  Redis.prototype.multi = function (this: Redis, ...args: Parameters<Redis["multi"]>) {
    const chain = multi.apply(this, args) as unknown;
    return typeof (chain as ChainableCommander).exec === "function"
      ? withExec(chain as ChainableCommander, observing.getStore())
      : chain;
  } as Redis["multi"];
}

/** Whether BullMQ sends a command, for itself or for its caller. */
function calledByBullMq(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 30;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return /[\\/]node_modules[\\/]bullmq[\\/]/.test(stack);
}
