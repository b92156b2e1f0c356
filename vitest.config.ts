import { configDefaults, defineConfig } from "vitest/config";

// The browser tests have a command of their own, npm run test:browser, which sets BROWSER_TESTS.
const isBrowser = process.env["BROWSER_TESTS"] === "1";

export default defineConfig({
  test: {
    include: isBrowser ? ["test/browser/**/*.test.ts"] : ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...(isBrowser ? [] : ["test/browser/**"])],
    // Two JupyterLabs at a time are one too many for two cores.
    fileParallelism: !isBrowser,
    // Real browsers, kernels and servers on two busy cores: in CI a test that fails has a second try.
    retry: isBrowser || process.env["CI"] ? 1 : 0,
    testTimeout: isBrowser ? 120_000 : 60_000,
    hookTimeout: isBrowser ? 300_000 : 60_000,
  },
});
