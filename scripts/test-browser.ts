import { toldToUser } from "guarded-processes/user-error";
import { findChromium } from "redis-lab-start/find-chromium";
import { installJupyterLab } from "redis-lab-start/jupyter/jupyter-lab-install";
import { conclude, root, runVitest } from "./run-vitest.js";

// The tests in a real browser: `npm run test:browser [-- vitest arguments]`. They need Chromium or
// Chrome; in CI a missing one is a failure, elsewhere it is said.
const chromium = await findChromium();
if (chromium === undefined) {
  console.error(
    "NOT RUN: the browser tests need Chromium or Chrome, and none was found on PATH.\n" +
      "  Debian, Ubuntu:  sudo apt-get install chromium\n" +
      "  macOS:           brew install --cask google-chrome\n" +
      "or set CHROMIUM to the path of one.",
  );
  if (process.env["CI"]) conclude({ passed: 0, failed: 1 });
} else {
  try {
    // Before any test runs, so that none has to wait for it.
    await installJupyterLab({ root, env: process.env, log: (line) => console.error(line) });
    const env = { ...process.env, BROWSER_TESTS: "1" };
    conclude(await runVitest(process.argv.slice(2), env));
  } catch (error) {
    const told = toldToUser(error);
    if (told === undefined) throw error;
    console.error(told.message);
    conclude({ passed: 0, failed: 1 });
  }
}
