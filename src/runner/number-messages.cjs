// Loaded into the bundled tslab before it starts (node --require). tslab hands its output to a
// ZeroMQ socket that drops what exceeds its queue without a word. A running number on each message,
// as a last frame, lets the runner see the gap. Frames behind the content are not signed.
// Plain JavaScript, since the runner starts it from its source folder in tests, too.
const zeromq = require("zeromq");

class NumberingPublisher extends zeromq.Publisher {
  #count = 0;

  /** @override */
  send(/** @type {import("zeromq").MessageLike | import("zeromq").MessageLike[]} */ message) {
    const frames = Array.isArray(message) ? message : [message];
    return super.send([...frames, `message ${++this.#count}`]);
  }
}

Object.defineProperty(zeromq, "Publisher", { value: NumberingPublisher });
