import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { answers, request } from "#jupyter/messages.js";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { TestKernel, textOf } from "../client.js";

// What Deno's kernel is tested for, told in our words: a new kernel for each.
// Source: denoland/deno, tests/integration/jupyter_tests.rs.
let folder: string;
let kernel: TestKernel;
beforeEach(async () => {
  folder = await temporaryFolder("redis-lab-test-deno");
  kernel = await TestKernel.start({ cwd: folder });
});
afterEach(async () => {
  await kernel.stop();
  await removeFolder(folder);
});

test("a heartbeat echoes its bytes", async () => {
  expect(await kernel.beat("ping")).toBe("ping");
});

test("kernel_info on the control channel names the language as Deno does", async () => {
  expect(await kernel.ask("kernel_info_request", {}, "control")).toMatchObject({
    status: "ok",
    language_info: {
      name: "typescript",
      mimetype: "text/x.typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      nbconvert_exporter: "script",
    },
  });
});

test("a first cell has the count 1, its print, and an idle status of its own", async () => {
  const cell = kernel.start('console.log("printed")', { allow_stdin: true, stop_on_error: false });
  const { reply, messages } = await cell.ended;
  expect(reply.content).toMatchObject({ status: "ok", execution_count: 1 });
  const print = messages.find(({ header }) => header.msg_type === "stream");
  expect(print?.content).toEqual({ name: "stdout", text: "printed\n" });
  expect(messages.at(-1)?.content["execution_state"]).toBe("idle");
  expect(messages.every((message) => answers(message, cell.request))).toBe(true);
});

test("a cell that is not stored has the count 0, and a server that it starts answers", async () => {
  const first = await kernel.run('console.log("x")', { store_history: false });
  expect(first.reply.content).toMatchObject({ status: "ok", execution_count: 0 });
  const server = await kernel.run(
    `import { createServer } from "node:http";
     const server = createServer((_, response) => response.end(JSON.stringify({ hello: "world" })));
     await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
     const address = server.address();
     console.log(typeof address === "object" ? address?.port : 0)`,
    { store_history: false },
  );
  expect(server.reply.content).toMatchObject({ status: "ok", execution_count: 0 });
  const url = `http://127.0.0.1:${textOf(server).trim()}`;
  for (let turn = 0; turn < 3; turn++) {
    expect(await (await fetch(url)).json()).toEqual({ hello: "world" });
  }
});

test.each([false, true])(
  "a shutdown is answered, with restart: %s, and ends the process",
  async (restart) => {
    const ended = kernel.process.exited;
    const reply = await kernel.ask("shutdown_request", { restart }, "control");
    expect(reply).toMatchObject({ status: "ok", restart });
    expect(await ended).toMatchObject({ code: 0 });
  },
);

test("an interrupt is answered when nothing runs", async () => {
  expect(await kernel.interrupt()).toMatchObject({ status: "ok" });
});

test("an endless loop is interrupted, and the next cell runs", async () => {
  const loop = kernel.start("while (true) {}");
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await kernel.interrupt()).toMatchObject({ status: "ok" });
  await loop.ended;
  expect((await kernel.run("42")).reply.content["status"]).toBe("ok");
});

test("a TypeScript file beside the notebook is imported", async () => {
  await writeFile(join(folder, "data.ts"), "export function data(): number { return 42; }");
  expect(textOf(await kernel.run("import { data } from './data.ts';\nconsole.log(data());"))).toBe(
    "42\n",
  );
});

test("prompt asks with its message as it is", async () => {
  const asked = kernel.next(({ header }) => header.msg_type === "input_request");
  kernel.onInput = () => "answer";
  const cell = kernel.start('prompt("name?")', { allow_stdin: true, stop_on_error: false });
  expect((await asked).content).toEqual({ prompt: "name?", password: false });
  expect((await cell.ended).reply.content["status"]).toBe("ok");
});

test("prompt gives null where the front end takes no questions, and asks nothing", async () => {
  const run = await kernel.run('console.log(String(prompt("x?")))', { allow_stdin: false });
  expect(run.reply.content["status"]).toBe("ok");
  expect(textOf(run)).toBe("null\n");
});

test("a message that the kernel knows nothing of is answered with an error", async () => {
  const unknown = request("shell", "unheard_request", kernel.session, {});
  const reply = kernel.next((message) => message.channel === "shell" && answers(message, unknown));
  await kernel.send(unknown);
  expect((await reply).content["status"]).toBe("error");
});
