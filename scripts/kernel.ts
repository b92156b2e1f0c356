#!/usr/bin/env node
// Jupyter starts this with a connection file; people call it with `install`.
import type { CheckMode } from "../src/kernel/link.js";

const [first, ...rest] = process.argv.slice(2);

if (first === "install") await installKernel();
else if (first === undefined || first.startsWith("-")) await help();
else await start(first);

async function start(connectionFile: string): Promise<void> {
  // Loaded only here: each file counts when a kernel starts.
  const { startKernel } = await import("../src/kernel/main/main.js");
  const mode = rest.find((option) => option.startsWith("--check="))?.slice("--check=".length);
  const check: CheckMode = mode === "warn" || mode === "off" ? mode : "error";
  startKernel(connectionFile, check);
}

async function installKernel(): Promise<void> {
  const { HELP, install } = await import("../src/kernel/install/install.js");
  const { InstallError } = await import("../src/kernel/errors.js");
  try {
    const folder = await install(rest);
    console.log(folder === undefined ? HELP : `Installed in ${folder}`);
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

async function help(): Promise<void> {
  const { HELP } = await import("../src/kernel/install/install.js");
  console.log(HELP);
  process.exitCode = first === "--help" ? 0 : 2;
}
