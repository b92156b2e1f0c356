const { Worker } = require("node:worker_threads");

const watch = `
  const { ppid } = process;
  setInterval(() => {
    if (process.ppid !== ppid) process.kill(process.pid, "SIGKILL");
  }, 500);
`;
/**
 * Ends this process when the one that started it, a Jupyter server, is gone, however that ended. A
 * thread of its own watches, so that a kernel in an endless loop ends, too.
 */
exports.endWithParent = () => {
  // Without this process's options: the preload that calls this would start a thread in the thread.
  new Worker(watch, { eval: true, execArgv: [], stdout: false, stderr: false }).unref();
};
