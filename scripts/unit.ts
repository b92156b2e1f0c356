import { inModules, run } from "./run-vitest.js";

// Tests alone, without the checks: `npm run unit -- FILE -t NAME`. What they run is built before.
const args = process.argv.slice(2);
const mode = args.includes("--watch") ? "watch" : "run";
const rest = args.filter((arg) => arg !== "--watch");
const { status } = await run([inModules("vitest/vitest.mjs"), mode, ...rest], "inherit");
process.exitCode = status ?? 1;
