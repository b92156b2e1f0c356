import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// The browser tests have a command of their own, npm run test:browser, which sets BROWSER_TESTS.
const isBrowser = process.env["BROWSER_TESTS"] === "1";
// The same for those of the site, npm run test:site, and of the JupyterHub, npm run test:hub.
const isSite = process.env["SITE_TESTS"] === "1";
const isHub = process.env["HUB_TESTS"] === "1";
const own = isBrowser ? "browser" : isSite ? "site" : isHub ? "hub" : undefined;

/** Tests run the packages' sources, not what was built of them, each file once. */
const sources = readdirSync(join(import.meta.dirname, "src")).flatMap((folder) => {
  const source = join(import.meta.dirname, "src", folder);
  if (!existsSync(join(source, "package.json"))) return [];
  const { name, exports = {} } = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as {
    name: string;
    exports?: Record<string, { types?: string }>;
  };
  // A door may have another name than the file behind it.
  const doors = Object.entries(exports).flatMap(([door, { types = "" }]) => {
    const file = /^\.\/dist\/(.+)\.d\.ts$/.exec(types)?.[1];
    if (file === undefined || `./${file}` === door) return [];
    const find = new RegExp(`^${name}${door.slice(1)}$`);
    return [{ find, replacement: join(source, `${file}.ts`) }];
  });
  return [
    ...doors,
    { find: new RegExp(`^#${folder}/(.+)\\.js$`), replacement: join(source, "$1.ts") },
    { find: new RegExp(`^${name}$`), replacement: join(source, "index.ts") },
    { find: new RegExp(`^${name}/(lock)$`), replacement: join(source, "$1.mjs") },
    { find: new RegExp(`^${name}/((?!package\\.json).+)$`), replacement: join(source, "$1.ts") },
  ];
});

/** The notebooks take longest: begun last, they would be waited for alone. */
class NotebooksFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- this is no array's
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.endsWith("/notebooks.test.ts");
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  resolve: { alias: sources },
  test: {
    include: [own ? `test/${own}/**/*.test.ts` : "test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...(own ? [] : ["test/{browser,hub,site}/**"])],
    // Two JupyterLabs at a time are one too many for two cores.
    fileParallelism: !isBrowser,
    // Vitest leaves one core free; most files here wait for other processes.
    maxWorkers: isBrowser ? 1 : Math.max(2, availableParallelism()),
    sequence: { sequencer: NotebooksFirst },
    // Real browsers, kernels and servers on two busy cores: in CI a test that fails has a second try.
    retry: isBrowser || process.env["CI"] ? 1 : 0,
    testTimeout: isSite || isHub ? 240_000 : isBrowser ? 120_000 : 60_000,
    hookTimeout: isBrowser ? 300_000 : 60_000,
  },
});
