import { join } from "node:path";
import { conclude, inModules, root, run } from "./run-vitest.js";

/** What is checked without a test: each is a program that ends with 0 when it found nothing. */
const CHECKS = {
  types: [inModules("typescript/bin/tsc"), "-b"],
  "types of notebooks": [join(root, "dist", "scripts", "check-notebooks.js")],
  lint: [inModules("oxlint/bin/oxlint"), "--type-aware", "--deny-warnings"],
  format: [inModules("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", "."],
  "unused files, dependencies, exports and types": [
    inModules("knip/bin/knip.js"),
    "--no-config-hints",
    "--include",
    "files,dependencies,unresolved,exports,types,duplicates",
  ],
};

/** Runs all checks side by side and prints a line for each. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const results = await Promise.all(
    Object.entries(CHECKS).map(async ([name, command]) => {
      const { status, output } = await run(command, "pipe");
      console.log(status === 0 ? `ok   ${name}` : `FAIL ${name}\n${output.trimEnd()}\n`);
      return status === 0;
    }),
  );
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed };
}

if (process.argv[1]?.endsWith("checks.js")) conclude(await runChecks());
