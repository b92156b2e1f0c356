#!/usr/bin/env -S node --optimize-for-size --max-lazy --no-sparkplug --interrupt-budget=3000000 --expose-gc
import { join } from "node:path";
import { runCli } from "./run-cli.js";

// The runner by itself, in any project.
await runCli({
  command: "npx notebook-runner",
  root: process.cwd(),
  folder: join(process.cwd(), ".notebook-runner"),
  defaults: ["."],
  openSlot: () => async () => ({ env: {}, stop: async () => {} }),
});
