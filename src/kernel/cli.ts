#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runMain } from "guarded-processes/run-main";
import { InstallError } from "./errors.js";
import { HELP, install } from "./install/install.js";

// Makes the kernel known to Jupyter, which then starts runtime/runtime-thread.js by itself.
void runMain(async () => {
  const [command, ...options] = process.argv.slice(2);
  if (command === "--version") return console.log(version());
  if (command === "--help" || command === "-h") return console.log(HELP);
  if (command !== "install") throw new InstallError(HELP);
  const folders = await install(options);
  console.log(folders?.map((folder) => `Installed in ${folder}`).join("\n") ?? HELP);
});

function version(): string {
  const { resolve } = createRequire(import.meta.url);
  const file = resolve("typescript-kernel/package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
