#!/usr/bin/env node
import { InstallError } from "./errors.js";
import { HELP, install } from "./install/install.js";

// Makes the kernel known to Jupyter. Jupyter itself starts dist/kernel/runtime/runtime-thread.js.
const [command, ...rest] = process.argv.slice(2);
try {
  if (command !== "install") throw new InstallError(HELP);
  const folders = await install(rest);
  console.log(folders?.map((folder) => `Installed in ${folder}`).join("\n") ?? HELP);
} catch (error) {
  if (!(error instanceof InstallError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
