import { conclude, runVitest } from "./run-vitest.js";

// The tests of the site, in Chromium: `npm run test:site [-- vitest arguments]`.
conclude(await runVitest(process.argv.slice(2), { ...process.env, SITE_TESTS: "1" }));
