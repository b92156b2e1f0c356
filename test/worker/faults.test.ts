import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runFault } from "../../bench/redis-faults/run-fault.js";
import { root } from "../root.js";

// All faults, with a thousand jobs each, are `npm run bench:redis-faults`.
test("no job is lost or done twice when Redis has no memory for a while, and little is said", async () => {
  const folder = await mkdtemp(join(tmpdir(), "faults ż-"));
  try {
    const picture = await readFile(join(root, "notebooks", "pictures", "phone.jpg"));
    const found = await runFault("memory", { root, folder, picture, jobs: 20, lastsMs: 1500 });
    expect(found).toMatchObject({ lost: [], doneTwice: [], broken: [] });
    expect(found.lines.join("\n")).toContain("no memory");
    expect(found.lines.length).toBeLessThan(20);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
