import { findProgram } from "guarded-processes/programs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APP = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The path of a Chromium or Chrome: the variable CHROMIUM, else one on PATH. */
export async function findChromium(env: NodeJS.ProcessEnv = process.env) {
  for (const name of env["CHROMIUM"] ? [env["CHROMIUM"]] : [...NAMES, MAC_APP]) {
    const program = await findProgram(name, env["PATH"] ?? "");
    if (program) return program;
  }
  return undefined;
}
