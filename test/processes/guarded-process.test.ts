import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allProcesses, killProcess, roleOf } from "../../bench/faults/processes.js";
import { built, eventually, freshFolder, writeProgram } from "../lab/fixtures.js";

const folder = freshFolder();

/** Runs a script with the built services; the limit is for one that never ends. */
function startScript(body: string) {
  const script = `import { GuardedProcess } from ${JSON.stringify(built("processes/guarded-process.js"))};
    ${body}`;
  const args = ["--input-type=module", "-e", script];
  return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], timeout: 10_000 });
}

// spawn() throws for these, where it only reports a program that is missing.
test.each(["/dev/null/server", "", "a\0b"])(
  "a program that cannot even be tried (%j) is reported and keeps nothing alive",
  async (command) => {
    const child = startScript(
      `const child = GuardedProcess.start(${JSON.stringify(command)}, []);
       const { exit } = await child.stop();
       process.exitCode = exit.error instanceof Error ? 7 : 8;`,
    );
    expect(await once(child, "exit")).toEqual([7, null]);
  },
);

test("a parent that is killed takes along children that ignore SIGTERM, and their folder", async () => {
  const kept = join(folder(), "kept");
  await mkdir(kept);
  await writeFile(join(kept, "file"), "");
  const stubborn = await writeProgram(
    join(folder(), "stubborn"),
    `trap '' TERM; sleep 1000 & while :; do echo x >> "$1/beats"; sleep 0.05; done`,
  );
  const child = startScript(
    `const options = { folder: ${JSON.stringify(kept)} };
     const child = GuardedProcess.start(${JSON.stringify(stubborn)}, [options.folder], options);
     console.log(child.child.pid);
     await child.exited;`,
  );
  const [text] = (await once(child.stdout, "data")) as [Buffer];
  expect(Number(text.toString())).toBeGreaterThan(0);
  expect(await eventually(async () => (await readdir(kept)).includes("beats"))).toBe(true);
  child.kill("SIGKILL");
  expect(await eventually(async () => !(await readdir(folder())).includes("kept"))).toBe(true);
});

test.runIf(process.platform === "linux")(
  "a guard that was killed is replaced, so that a kill of the parent leaves nothing",
  async () => {
    const child = startScript(
      `const child = GuardedProcess.start("/bin/sleep", ["1000"]);
     console.log(child.child.pid);
     await child.exited;`,
    );
    const [text] = (await once(child.stdout, "data")) as [Buffer];
    const isRunning = () =>
      stat(`/proc/${Number(text)}`).then(
        () => true,
        () => false,
      );
    const guards = async () =>
      (await allProcesses()).filter((one) => one.parent === child.pid && roleOf(one) === "guard");
    const [first] = await guards();
    killProcess(first?.pid);
    expect(
      await eventually(async () => ((await guards())[0]?.pid ?? first?.pid) !== first?.pid),
    ).toBe(true);
    expect(await isRunning()).toBe(true);
    child.kill("SIGKILL");
    expect(await eventually(async () => !(await isRunning()))).toBe(true);
  },
);
