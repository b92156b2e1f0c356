import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../root.js";

test.each([
  [["no-such.ipynb"], /no-such\.ipynb: no such file or folder/],
  [["--wrong"], /--wrong/],
  [["--max", "0"], /--max takes a whole number from 1/],
  [["--seed", "x"], /--seed takes a whole number/],
])("2 and a reason for %j", (args, reason) => {
  const command = [join(root, "scripts/bootstrap.mjs"), "mutate-notebooks", ...args];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  expect(stderr).toMatch(reason);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(status).toBe(2);
});
