import { createHmac, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Dealer } from "zeromq";
import { socketAddress } from "#jupyter/connection-info.js";
import { request, type Message } from "#jupyter/messages.js";
import { encode } from "#jupyter/wire.js";
import { resultOf, shown, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await TestKernel.start({ args: ["--check=off"] });
});
afterAll(() => kernel.stop());

const kindsOf = (messages: readonly Message[]) => messages.map(({ header }) => header.msg_type);

test("a cell's messages, from busy to idle", async () => {
  const { messages, reply } = await kernel.run("console.log(1); 2");
  expect(kindsOf(messages)).toEqual([
    "status",
    "execute_input",
    "stream",
    "execute_result",
    "status",
  ]);
  expect(reply.content).toMatchObject({ status: "ok", payload: [], user_expressions: {} });
  expect(messages[3]?.content["execution_count"]).toBe(reply.content["execution_count"]);
  expect(reply.header.version).toBe("5.4");
});

test("silent shows nothing and counts for nothing", async () => {
  const before = (await kernel.run("0")).reply.content["execution_count"];
  const { messages } = await kernel.run("console.log(1); globalThis.ran = 1; 2", { silent: true });
  expect(kindsOf(messages)).toEqual(["status", "status"]);
  const after = await kernel.run("ran");
  expect([shown(after), after.reply.content["execution_count"]]).toEqual(["1", Number(before) + 1]);
});

test("store_history false keeps a cell out of the history; tail, range and search find the others", async () => {
  await kernel.run("'first mark'");
  await kernel.run("'hidden mark'", { store_history: false });
  const second = await kernel.run("'second mark'");
  const ask = async (content: Record<string, unknown>) => {
    const { history } = await kernel.ask("history_request", {
      raw: true,
      output: false,
      ...content,
    });
    return (history as [number, number, string][]).map(([, , input]) => input);
  };
  expect(await ask({ hist_access_type: "tail", n: 2 })).toEqual(["'first mark'", "'second mark'"]);
  expect(await ask({ hist_access_type: "search", pattern: "'*mark'", n: 5 })).toEqual([
    "'first mark'",
    "'second mark'",
  ]);
  const start = Number(second.reply.content["execution_count"]);
  expect(await ask({ hist_access_type: "range", session: 0, start, stop: start + 1 })).toEqual([
    "'second mark'",
  ]);
});

test("after an error, only what is already queued is aborted", async () => {
  const cells = ["await new Promise((r) => setTimeout(r, 50)); throw 1", "2", "3"];
  const runs = cells.map((code) => kernel.start(code).ended);
  const statuses = (await Promise.all(runs)).map(({ reply }) => reply.content["status"]);
  expect(statuses).toEqual(["error", "aborted", "aborted"]);
  expect((await kernel.run("4")).reply.content["status"]).toBe("ok");
});

test("with stop_on_error false the queue goes on", async () => {
  const runs = [kernel.start("throw 1", { stop_on_error: false }), kernel.start("2")];
  const [, second] = await Promise.all(runs.map(({ ended }) => ended));
  expect(second?.reply.content["status"]).toBe("ok");
});

test("user_expressions come with their values or errors", async () => {
  const { reply } = await kernel.run("const seven = 7", {
    user_expressions: { ok: "seven + 1", thrown: "nothing", wrong: "1 +" },
  });
  expect(reply.content["user_expressions"]).toMatchObject({
    ok: { status: "ok", data: { "text/plain": "8" } },
    thrown: { status: "error", ename: "ReferenceError" },
    wrong: { status: "error", ename: "SyntaxError" },
  });
});

test("prompt and confirm ask the front end; one that does not ask answers as a browser without dialogs", async () => {
  kernel.onInput = ({ prompt }) => (String(prompt).startsWith("Name") ? "Zoë 😀" : "y");
  const run = await kernel.run("[prompt('Name?'), confirm('Sure?')]", { allow_stdin: true });
  expect(shown(run)).toBe("[ 'Zoë 😀', true ]");
  const silent = await kernel.run("[prompt('x'), confirm('x'), alert('x')]", {
    allow_stdin: false,
  });
  expect(shown(silent)).toBe("[ null, false, undefined ]");
  const password = "(await import('typescript-kernel')).askPassword()";
  const { reply } = await kernel.run(password, { allow_stdin: false });
  expect(reply.content).toMatchObject({ status: "error", ename: "NoInputError" });
  kernel.onInput = () => undefined;
  const asked = kernel.next(({ header }) => header.msg_type === "input_request");
  const cell = kernel.start("prompt('never answered')", { allow_stdin: true });
  await asked;
  await kernel.interrupt();
  expect((await cell.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
});

test("errors name cell and line, with the user's frames only", async () => {
  await kernel.run(
    "function inner() {\n  // a comment, and a type\n  const n: number = 1;\n  throw new TypeError('why')\n}",
  );
  const { reply } = await kernel.run("interface Unused {\n  a: 1;\n}\n\ninner()");
  const count = Number(reply.content["execution_count"]);
  const text = stripVTControlCharacters((reply.content["traceback"] as string[]).join("\n"));
  expect(reply.content).toMatchObject({ ename: "TypeError", evalue: "why" });
  expect(text).toContain(`Cell ${count - 1}, line 4, in inner`);
  expect(text).toContain(`Cell ${count}, line 5`);
  expect(text).not.toMatch(/node:|dist\//);
});

test("an error that a package makes later names the line of the await", async () => {
  const code =
    "const later = () => new Promise((_, j) => setImmediate(j, Object.assign(new Error('far'), { stack: '' })));\n\nawait later();";
  const { reply } = await kernel.run(code);
  const count = String(reply.content["execution_count"]);
  expect((reply.content["traceback"] as string[]).join("\n")).toContain(`Cell ${count}, line 3`);
});

test("comms of the front end reach their handler, those of no target are closed", async () => {
  await kernel.run(
    "import { registerComm } from 'typescript-kernel'; registerComm('echo', (comm) => { comm.onMessage = (data) => comm.send(data) })",
  );
  const open = request("shell", "comm_open", kernel.session, {
    comm_id: "c1",
    target_name: "echo",
    data: {},
  });
  await kernel.send(open);
  const echo = kernel.next(({ header }) => header.msg_type === "comm_msg");
  await kernel.send(
    request("shell", "comm_msg", kernel.session, { comm_id: "c1", data: { n: 5 } }),
  );
  expect((await echo).content).toEqual({ comm_id: "c1", data: { n: 5 } });
  expect(await kernel.ask("comm_info_request", { target_name: "echo" })).toMatchObject({
    comms: { c1: { target_name: "echo" } },
  });
  const closed = kernel.next(({ header }) => header.msg_type === "comm_close");
  await kernel.send(
    request("shell", "comm_open", kernel.session, { comm_id: "c2", target_name: "none", data: {} }),
  );
  expect((await closed).content["comm_id"]).toBe("c2");
});

test("an unknown request gets an error, so that nobody waits", async () => {
  expect(await kernel.ask("nonsense_request")).toMatchObject({ status: "error" });
});

test("an unsigned, wrongly signed or broken message is never answered, and the kernel lives on", async () => {
  const { info } = kernel;
  const answers: unknown[] = [];
  const question = request("shell", "kernel_info_request", "stranger");
  const [delimiter, signature, ...parts] = encode(question, info.key);
  const sign = (frames: readonly Buffer[]) => {
    const hmac = createHmac("sha256", info.key);
    for (const frame of frames.slice(0, 4)) hmac.update(frame);
    return [delimiter, Buffer.from(hmac.digest("hex")), ...frames] as Buffer[];
  };
  const hostile = [
    encode(question, ""),
    encode(question, "another key"),
    [delimiter, signature, ...parts.slice(0, 3), Buffer.from('{"code":"1"}')],
    [Buffer.from("no delimiter")],
    [delimiter],
    [delimiter, delimiter, delimiter],
    sign([Buffer.from("null"), Buffer.from("{}"), Buffer.from("{}"), Buffer.from("{}")]),
    sign([Buffer.from("{}"), Buffer.from("[]"), Buffer.from("1"), Buffer.from('"x"')]),
    sign([Buffer.from("not json"), Buffer.from("{}"), Buffer.from("{}"), Buffer.from("{}")]),
    ...Array.from({ length: 50 }, (_, n) => [
      randomBytes(n),
      ...(n % 2 ? [delimiter, randomBytes(64)] : []),
      randomBytes(n * 3),
    ]),
  ];
  for (const name of ["shell", "control", "stdin", "iopub"] as const) {
    const socket = new Dealer({ linger: 0, sendTimeout: 200 });
    socket.connect(socketAddress(info, name));
    void (async () => {
      for await (const frames of socket) answers.push(frames);
    })().catch(() => {});
    for (const frames of hostile) {
      const isSent = await socket.send(frames as Buffer[]).then(
        () => true,
        () => false,
      );
      // It takes subscribers only, and hangs up.
      if (!isSent && name === "iopub") break;
      expect(isSent).toBe(true);
    }
    await sleep(20);
    expect(shown(await kernel.run("1 + 1"))).toBe("2");
    socket.close();
  }
  expect(answers).toEqual([]);
  expect(kernel.wireErrors).toEqual([]);
});

test("requests with strange contents are answered", async () => {
  for (const type of [
    "execute_request",
    "complete_request",
    "inspect_request",
    "is_complete_request",
    "history_request",
    "comm_info_request",
  ]) {
    for (const content of [
      {},
      { code: 5 },
      { code: null, cursor_pos: "x", user_expressions: 3 },
      { hist_access_type: 1 },
    ]) {
      expect(await kernel.ask(type, content)).toHaveProperty("status");
    }
  }
  expect(shown(await kernel.run("1 + 1"))).toBe("2");
});

test("names in outputs do not leak the kernel's own", async () => {
  expect(
    resultOf(await kernel.run("Object.keys(globalThis).filter((key) => key.includes('$'))")),
  ).toMatchObject({ "text/plain": "[]" });
  expect(textOf(await kernel.run("console.log(setTimeout(() => {}, 0))"))).not.toContain(
    "kResourceStore",
  );
});

test("cells that were sent along with one that fails at once are aborted", async () => {
  for (let round = 0; round < 20; round++) {
    const sent = ["throw 1", "2", "3"].map((code) => kernel.start(code).ended);
    const replies = (await Promise.all(sent)).map(({ reply }) => reply.content["status"]);
    expect(replies).toEqual(["error", "aborted", "aborted"]);
  }
});
