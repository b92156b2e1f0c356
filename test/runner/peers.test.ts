import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { peers } from "../../bench/peers/manifest.js";
import { runPeers } from "../../bench/peers/run-peers.js";
import { installJupyterLab } from "#lab/jupyter/jupyter-lab-install.js";
import { root } from "../root.js";

// A few of the notebooks that `npm run bench:peers` runs: one of each peer that says most.
beforeAll(async () => {
  await installJupyterLab({ root, env: process.env, log: console.error });
}, 400_000);

test("notebooks of other runners' tests give here what they give there", async () => {
  const chosen = ["Output", "mock", "sample_notebook", "basic"];
  const notebooks = Object.values(peers)
    .flat()
    .filter(({ name }) => chosen.includes(name));
  expect(notebooks).toHaveLength(chosen.length);
  const bin = join(root, "src/runner/dist/bundle/cli/bin.js");
  const env = {
    ...process.env,
    PATH: `${join(root, ".venv", "bin")}:${process.env["PATH"] ?? ""}`,
  };
  expect(await runPeers(notebooks, [process.execPath, bin], env)).toEqual([]);
});

test("a notebook that gives something else is told, with the reason why it must not", async () => {
  const wrong = { name: "wrong", cells: [""], gives: ["cell-error 1"], why: "it is meant to fail" };
  const bin = join(root, "src/runner/dist/bundle/cli/bin.js");
  const [told] = await runPeers([wrong], [process.execPath, bin], process.env);
  expect(told?.difference).toContain("gives nothing (it is meant to fail)");
});
