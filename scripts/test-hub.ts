import { conclude, runVitest } from "./run-vitest.js";

// The tests of the JupyterHub, in Chromium: `npm run test:hub [-- vitest arguments]`.
conclude(await runVitest(process.argv.slice(2), { ...process.env, HUB_TESTS: "1" }));
