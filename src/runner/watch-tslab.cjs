// Loaded into the bundled tslab before it starts (node --require), so that nothing it keeps silent
// about escapes the runner. Plain JavaScript: the runner starts it from its source folder in tests.
const { writeSync } = require("node:fs");
const { inspect } = require("node:util");
const zeromq = require("zeromq");

// tslab hands its output to a socket that drops what exceeds its queue without a word. A running
// number on each message, as a last frame, shows the gap. Frames behind the content are not signed.
class NumberingPublisher extends zeromq.Publisher {
  #count = 0;

  /** @override */
  send(/** @type {import("zeromq").MessageLike | import("zeromq").MessageLike[]} */ message) {
    const frames = Array.isArray(message) ? message : [message];
    return super.send([...frames, `message ${++this.#count}`]);
  }
}

Object.defineProperty(zeromq, "Publisher", { value: NumberingPublisher });

// After its shutdown tslab can report nothing any more, while a timer may still reject a promise.
process.on("unhandledRejection", (reason) => {
  writeSync(2, `UnhandledPromiseRejection: ${inspect(reason)}\n`);
});
process.on("uncaughtExceptionMonitor", (error, origin) => {
  if (origin === "uncaughtException") writeSync(2, `UncaughtException: ${inspect(error)}\n`);
});
