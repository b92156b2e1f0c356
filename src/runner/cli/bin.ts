#!/usr/bin/env -S node --optimize-for-size --max-lazy --no-sparkplug --interrupt-budget=3000000 --expose-gc
import { runCli } from "./run-cli.js";

// The runner by itself, in any project: its notebooks, its kernels, no Redis.
await runCli({
  command: "npx notebook-runner",
  root: process.cwd(),
  standard: ["."],
  openSlot: () => async () => ({ env: {}, stop: async () => {} }),
});
