// Loaded into the bundled tslab before it starts (node --require), so that nothing it keeps silent
// about escapes the runner. Plain JavaScript: the runner starts it from its source folder in tests.
const { writeSync } = require("node:fs");
const { inspect } = require("node:util");
const { setFlagsFromString } = require("node:v8");
const zeromq = require("zeromq");

// A kernel lives for seconds, in which optimizing the TypeScript compiler costs more than it gains:
// V8 is told to wait longer before it does. Measured: 2.7 s of processor time a notebook become 2.1 s.
setFlagsFromString("--interrupt-budget=1000000");

/** How many messages may wait for a busy socket. */
const MOST_WAITING = 8;
/** How many timers may have been set before those that have ended are forgotten. */
const MOST_TIMERS = 10_000;
/** Where a timer says what it was set for. */
const TOLD = Symbol("told");

// Each time a zeromq.js socket has sent 512 messages in a row, it is busy until the next turn of the
// event loop, and what tslab sends until then is gone without a word. Here a few messages, such as
// the idle that follows a result, may wait for it. A flood is lost as it is in JupyterLab, but not
// silently: a running number on each message, as a last frame, lets the runner see the gap. Frames
// behind the content are not signed.
class WatchedPublisher extends zeromq.Publisher {
  #count = 0;
  #waiting = 0;
  /** @type {Promise<unknown>} */
  #sending = Promise.resolve();

  /** @override */
  send(/** @type {import("zeromq").MessageLike | import("zeromq").MessageLike[]} */ message) {
    const frames = Array.isArray(message) ? message : [message];
    const numbered = [...frames, `message ${++this.#count}`];
    if (this.#waiting === 0) {
      try {
        const sent = super.send(numbered);
        this.#sending = sent;
        return sent;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EBUSY") throw error;
      }
    }
    if (this.#waiting === MOST_WAITING) return Promise.resolve();
    this.#waiting++;
    const sent = this.#sending.then(() => super.send(numbered)).finally(() => this.#waiting--);
    this.#sending = sent.catch(() => {});
    return sent;
  }
}

Object.defineProperty(zeromq, "Publisher", { value: WatchedPublisher });

// After its shutdown tslab can report nothing any more, while a timer may still reject a promise.
process.on("unhandledRejection", (reason) => {
  writeSync(2, `UnhandledPromiseRejection: ${inspect(reason)}\n`);
});
process.on("uncaughtExceptionMonitor", (error, origin) => {
  if (origin === "uncaughtException") writeSync(2, `UncaughtException: ${inspect(error)}\n`);
});

// What keeps a kernel from ending after its shutdown is named when the runner ends it by SIGTERM.
/** @type {Set<WeakRef<NodeJS.Timeout>>} */
const timers = new Set();

for (const name of /** @type {const} */ (["setTimeout", "setInterval"])) {
  const original = globalThis[name];
  /** @type {(...args: Parameters<typeof setTimeout>) => NodeJS.Timeout} */
  const watched = (callback, ...rest) => {
    const timer = original(callback, ...rest);
    const told = `${name}(${String(callback).replace(/\s+/g, " ").slice(0, 60)})`;
    timers.add(new WeakRef(Object.assign(timer, { [TOLD]: told })));
    if (timers.size > MOST_TIMERS) forgetEnded();
    return timer;
  };
  // With what util.promisify looks for, and the name.
  Object.defineProperties(watched, Object.getOwnPropertyDescriptors(original));
  Object.defineProperty(globalThis, name, { value: watched, writable: true, configurable: true });
}

/** The timers that still run and keep the process. */
function runningTimers() {
  return [...timers].flatMap((reference) => {
    const timer = reference.deref();
    // Node has no public word for a timer that has been cleared.
    return timer?.hasRef() && !Reflect.get(timer, "_destroyed") ? [timer] : [];
  });
}

function forgetEnded() {
  const running = new Set(runningTimers());
  for (const reference of timers) {
    const timer = reference.deref();
    if (timer === undefined || !running.has(timer)) timers.delete(reference);
  }
}

/** @param {any} handle one of Node's, which have no types of their own */
function nameOf(handle) {
  const kind = handle.constructor?.name ?? "handle";
  if (kind === "Socket" && handle.remoteAddress) {
    return `a connection to ${handle.remoteAddress}:${handle.remotePort}`;
  }
  if (kind === "Server") return `a server at port ${handle.address?.()?.port ?? "?"}`;
  if (kind === "ChildProcess") return `the process ${handle.spawnargs?.join(" ")} (${handle.pid})`;
  if (kind === "Worker" || kind === "MessagePort") return "a worker thread";
  return undefined;
}

process.once("SIGTERM", () => {
  // No public function tells as much.
  /** @type {unknown[]} */
  const handles = Reflect.get(process, "_getActiveHandles").call(process);
  const named = [
    ...runningTimers().map((timer) => `the timer ${Reflect.get(timer, TOLD)}`),
    ...handles.map(nameOf).filter((name) => name !== undefined),
  ];
  if (named.length > 0) writeSync(2, `Still open: ${named.join("; ")}\n`);
  process.kill(process.pid, "SIGTERM");
});
