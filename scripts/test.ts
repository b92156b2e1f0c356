import { join } from "node:path";
import { conclude, inModules, root, run, runVitest } from "./run-vitest.js";

// All checks and tests but those in a browser: `npm test [-- vitest arguments]`. Ends with a line
// `N passed, N failed`, in which each check counts as one.
const CHECKS = {
  "type check": [inModules("typescript/bin/tsc"), "-p", "test"],
  "type check of notebooks": [join(root, "dist", "scripts", "check-notebooks.js")],
  lint: [inModules("oxlint/bin/oxlint"), "--type-aware", "--deny-warnings"],
  format: [inModules("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."],
};

const checks = await Promise.all(
  Object.entries(CHECKS).map(async ([name, command]) => {
    const { status, output } = await run(command, "pipe");
    console.log(status === 0 ? `ok   ${name}` : `FAIL ${name}\n${output.trimEnd()}\n`);
    return status === 0;
  }),
);
const tests = await runVitest(process.argv.slice(2));
conclude({
  passed: checks.filter(Boolean).length + tests.passed,
  failed: checks.filter((ok) => !ok).length + tests.failed,
});
