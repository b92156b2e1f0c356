import { expect, test } from "vitest";
import { installJupyterLab } from "#lab/jupyter/jupyter-lab-install.js";
import { tooNewForPython } from "../../python-versions.js";
import { root } from "../../root.js";

test("what JupyterLab is pinned to runs on the oldest Python that the README names", async () => {
  const python = await installJupyterLab({ root, env: process.env, log: console.error });
  expect(await tooNewForPython(python)).toBe("");
}, 300_000);
