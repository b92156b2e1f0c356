import { beforeAll, expect, test } from "vitest";
import { installJupyterLab } from "#lab/jupyter/jupyter-lab-install.js";
import { importsOnly } from "#runner/read/imports-only.js";
import { parseNotebook } from "#runner/read/notebook.js";
import {
  bundledTslab,
  bundledTypescript,
  installedKernel,
  type KernelLaunch,
} from "#runner/run/launch.js";
import { runNotebook } from "#runner/run/run-notebook.js";
import { root } from "../../root.js";
import { notebookText } from "../fixtures.js";

// All import errors of a notebook at once, and nothing else of it runs.
let python: KernelLaunch;
beforeAll(async () => {
  await installJupyterLab({ root, env: process.env, log: console.error });
  python = await installedKernel("python3", root);
}, 400_000);

async function errors(launch: KernelLaunch, ...sources: string[]) {
  const text = notebookText(sources.map((source) => ({ source })));
  const only = importsOnly(parseNotebook("n.ipynb", text), launch.language ?? "");
  const { failures, cells } = await runNotebook(only, {
    launch,
    env: process.env,
    rounds: 1,
    update: false,
    goOn: true,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: 60,
    notebookTimeoutSeconds: 60,
    signal: new AbortController().signal,
    onCell: () => {},
  });
  return { told: failures.map(({ cellIndex, message }) => `${cellIndex} ${message}`), cells };
}

test("in Python", async () => {
  const { told, cells } = await errors(
    python,
    "import itertools\n1 / 0",
    "import time\ntime.sleep(600)",
    "import no_such_a, os\nfrom no_such_b import (\n  x,\n  y)\nfrom os import no_such_name",
    "try:\n    import no_such_c\nexcept ImportError: pass",
    "print('no import')",
    "import no_such_d as d # why",
  );
  expect(cells).toHaveLength(4);
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/^2 ImportError: .*no_such_a.*no_such_b.*no_such_name/);
  expect(told[1]).toMatch(/^5 .*no_such_d/);
});

test.each([
  ["our own kernel", bundledTypescript],
  ["tslab, which checks types all the same", bundledTslab],
])("in TypeScript, on %s", async (_, launch) => {
  const { told } = await errors(
    launch(),
    'import { join } from "node:path";\nthrow new Error("never");',
    'import { a } from "no-such-a";\nimport "./no-such-b.js";\nimport type { T } from "no-such-type";',
    'const { c } = await import("no-such-c");',
  );
  expect({ told }).toMatchObject({ told: { length: 2 } });
  expect(told[0]).toMatch(/^1 .*no-such-a.*no-such-b/);
  expect(told[1]).toMatch(/^2 .*no-such-c/);
});
