// Loaded into tslab before it starts (node --require) where JupyterLab runs it: mends what would
// keep a learner's Run All from showing every output.
const { endWithParent } = require("guarded-processes/end-with-parent");
const { isMainThread } = require("node:worker_threads");
const zeromq = require("zeromq");
const { JupyterHandlerImpl } = require("tslab/dist/jupyter.js");

// A thread that a cell starts loads this as well.
if (isMainThread) endWithParent();

/** A zeromq.js socket that has sent 512 messages in a row throws; tslab loses them, and the cell hangs. */
class PatientPublisher extends zeromq.Publisher {
  /** @type {Promise<unknown>} */
  #earlier = Promise.resolve();

  /** @override */
  send(/** @type {import("zeromq").MessageLike | import("zeromq").MessageLike[]} */ message) {
    const sent = this.#earlier.then(() => super.send(message));
    this.#earlier = sent.catch(() => {});
    return sent;
  }
}
Object.defineProperty(zeromq, "Publisher", { value: PatientPublisher });

// After an error tslab refuses all that comes within 200 ms. Jupyter asks it not to, by
// stop_on_error, for a cell with the tag raises-exception.
const handleExecute = JupyterHandlerImpl.prototype["handleExecute"];
JupyterHandlerImpl.prototype.handleExecute = async function (request, ...writers) {
  if (request.stop_on_error !== false) return handleExecute.call(this, request, ...writers);
  // Private in the type, and the only way in.
  const queue = this["execQueue"];
  const execQueue = {
    /** As the queue's own, but a failure is hidden from the tasks behind it. */
    add: async (/** @type {() => Promise<unknown>} */ task) => {
      const result = await queue.add(() =>
        task().then(
          (value) => ({ value }),
          (error) => ({ error }),
        ),
      );
      if ("error" in result) throw result.error;
      return result.value;
    },
    reset() {},
  };
  const handler = Object.create(this, {
    execQueue: { value: execQueue },
    handleExecuteImpl: { value: this["handleExecuteImpl"].bind(this) },
  });
  return handleExecute.call(handler, request, ...writers);
};
