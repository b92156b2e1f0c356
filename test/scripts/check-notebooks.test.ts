import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFixture } from "../runner/fixtures.js";
import { root } from "../root.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "notebooks żółw "));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  const command = [join(root, "scripts/bootstrap.mjs"), "check-notebooks", ...args];
  const child = spawn(process.execPath, command, { cwd: folder });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const [status] = (await once(child, "close")) as [number | null];
  return { status, output };
}

test("0 when all is right, 1 with place, line and marks when it is not", async () => {
  await writeFixture(folder, "good.ipynb", [{ source: "const a = 1;" }]);
  await writeFixture(folder, "ślimak.ipynb", [
    { source: "const a = 1;" },
    { source: "const a: string | null = null;\n\tconsole.log(a.length);" },
  ]);
  expect(await run("good.ipynb")).toEqual({ status: 0, output: "1 notebook checked, no error\n" });
  const wrong = await run("good.ipynb", "ślimak.ipynb");
  expect(wrong.output).toBe(
    [
      "ślimak.ipynb, cell 2 (code cell 2 of 2), 2:14 - error TS18047: 'a' is possibly 'null'.",
      "    \tconsole.log(a.length);",
      "    \t            ^",
      "",
      "2 notebooks checked, 1 error in 1 of them\n",
    ].join("\n"),
  );
  expect(wrong.status).toBe(1);
});

test.each([
  [["no-such.ipynb"], /no-such\.ipynb: no such file or folder/],
  [["--wrong"], /--wrong/],
])("2 and a reason for %j", async (args, reason) => {
  const { status, output } = await run(...args);
  expect(output).toMatch(reason);
  expect(output).not.toMatch(/^\s+at /m);
  expect(status).toBe(2);
});
