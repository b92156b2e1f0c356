import { readFile } from "node:fs/promises";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ipcConnection, writeConnectionFile } from "#jupyter/connection-info.js";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { TestKernel, textOf } from "./client.js";

const program = createRequire(import.meta.url).resolve("typescript-kernel/runtime");

test("shutdown ends the kernel with its exit handlers, whatever is open", async () => {
  const folder = await temporaryFolder("redis-lab-test-exit");
  const kernel = await TestKernel.start({ args: ["--check=off"] });
  const file = JSON.stringify(join(folder, "left"));
  await kernel.run(
    `process.on("exit", () => require("fs").writeFileSync(${file}, "bye")); setInterval(() => {}, 1000);\n` +
      "require('node:net').createServer().listen(0, '127.0.0.1')",
  );
  const reply = kernel.ask("shutdown_request", { restart: false }, "control");
  expect(await reply).toEqual({ status: "ok", restart: false });
  expect(await kernel.process.exited).toEqual({ code: 0, signal: null });
  expect(await readFile(join(folder, "left"), "utf8")).toBe("bye");
  await kernel.stop();
  await removeFolder(folder);
});

test("process.exit in a cell delivers what was printed, answers, and ends the kernel", async () => {
  const kernel = await TestKernel.start({ args: ["--check=off"] });
  const run = await kernel.run("console.log('last words'); process.exit(3)");
  expect(textOf(run)).toBe("last words\n");
  expect(run.reply.content["status"]).toBe("ok");
  expect(await kernel.process.exited).toEqual({ code: 3, signal: null });
  await kernel.stop();
});

test("shutdown ends a kernel in an endless loop", async () => {
  const kernel = await TestKernel.start({ args: ["--check=off"] });
  const begun = kernel.next(({ content }) => content["text"] === "begun\n");
  void kernel.run("console.log('begun'); while (true) {}");
  await begun;
  await kernel.ask("shutdown_request", { restart: true }, "control");
  expect((await kernel.process.exited).error).toBeUndefined();
  await kernel.stop();
});

test("a kernel ends when the program that started it is gone", async () => {
  const folder = await temporaryFolder("redis-lab-test-parent");
  const info = ipcConnection(folder);
  if (info === undefined) throw new Error("The path is too long for a socket.");
  const file = join(folder, "connection.json");
  await writeConnectionFile(file, info);
  const starter = `
    const child = require("node:child_process").spawn(process.execPath, [${JSON.stringify(program)}, ${JSON.stringify(file)}], { detached: true, stdio: "ignore" });
    console.log(child.pid);
    setTimeout(() => {}, 60_000);
  `;
  const parent = spawn(process.execPath, ["-e", starter], { stdio: ["ignore", "pipe", "inherit"] });
  const [output] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(output.toString());
  // The kernel watches from when its sockets are bound.
  await expect
    .poll(
      () =>
        readFile(`${info.ip}-${info.shell_port}`).then(
          () => true,
          (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  await removeFolder(folder);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("an error in a timer ends its cell also after process.removeAllListeners", async () => {
  const own = await TestKernel.start({ args: ["--check=off"] });
  await own.run("process.removeAllListeners()");
  const late =
    "setTimeout(() => { throw new RangeError('late') }); await new Promise((r) => setTimeout(r, 100))";
  const { reply } = await own.run(late);
  expect(reply.content["ename"]).toBe("RangeError");
  await own.stop();
});
