import { runChecks } from "./checks.js";
import { conclude, runVitest } from "./run-vitest.js";

// All checks and tests but those in a browser: `npm test [-- vitest arguments]`. Ends with a line
// `N passed, N failed`, in which each check counts as one.
const checks = await runChecks();
const tests = await runVitest(process.argv.slice(2));
conclude({ passed: checks.passed + tests.passed, failed: checks.failed + tests.failed });
