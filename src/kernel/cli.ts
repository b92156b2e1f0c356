#!/usr/bin/env node
import { runMain } from "guarded-processes/run-main";
import { InstallError } from "./errors.js";
import { HELP, install } from "./install/install.js";

// Makes the kernel known to Jupyter, which then starts runtime/runtime-thread.js by itself.
const program = { packageFile: "typescript-kernel/package.json", from: import.meta.url };
void runMain(program, async () => {
  const [command, ...options] = process.argv.slice(2);
  if (command === "--help" || command === "-h") return console.log(HELP);
  if (command !== "install") throw new InstallError(HELP);
  const folders = await install(options);
  console.log(folders?.map((folder) => `Installed in ${folder}`).join("\n") ?? HELP);
});
