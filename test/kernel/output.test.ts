import { afterAll, beforeAll, expect, test } from "vitest";
import { answers, type Message } from "#jupyter/messages.js";
import { resultOf, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
beforeAll(async () => {
  kernel = await TestKernel.start({ args: ["--check=off"] });
});
afterAll(() => kernel.stop());

const kindOf = ({ header }: Message) => header.msg_type;

test("50,000 lines arrive, all and in order", async () => {
  const run = await kernel.run("for (let i = 0; i < 50_000; i++) console.log(i)");
  const wanted = Array.from({ length: 50_000 }, (_, index) => `${index}\n`).join("");
  expect(textOf(run) === wanted).toBe(true);
});

test("stdout and stderr keep their order", async () => {
  const run = await kernel.run("console.log(1); console.error(2); console.log(3)");
  const texts = run.messages.filter((one) => kindOf(one) === "stream");
  expect(texts.map(({ content }) => [content["name"], content["text"]])).toEqual([
    ["stdout", "1\n"],
    ["stderr", "2\n"],
    ["stdout", "3\n"],
  ]);
});

test("text in a loop that never waits arrives while it runs", async () => {
  const first = kernel.next(({ content }) => String(content["text"]).includes("early"));
  const cell = kernel.start(
    "console.log('early'); const end = Date.now() + 400; while (Date.now() < end) console.log('x')",
  );
  const isOver = cell.ended.then(() => "over");
  expect(await Promise.race([first.then(() => "first"), isOver])).toBe("first");
  await isOver;
});

test("raw writes and child processes are captured", async () => {
  const run = await kernel.run(
    "require('node:fs').writeSync(1, 'raw\\n'); require('node:fs').writeSync(2, 'raw error\\n');\n" +
      "require('node:child_process').execSync('echo child; echo child error >&2', { stdio: 'inherit' }); null",
  );
  expect([textOf(run), textOf(run, "stderr")]).toEqual([
    "raw\nchild\n",
    "raw error\nchild error\n",
  ]);
});

test.each([
  ["a timer", "setTimeout(() => console.log('late'), 60); null"],
  ["a promise", "void new Promise((r) => setTimeout(r, 60)).then(() => console.log('late')); null"],
  [
    "an event",
    "const e = new (require('node:events'))(); e.on('x', () => console.log('late')); setTimeout(() => e.emit('x'), 60); null",
  ],
])("late output of %s belongs to its cell", async (_name, code) => {
  const late = kernel.next(({ content }) => content["text"] === "late\n");
  const first = kernel.start(code);
  await first.ended;
  const second = await kernel.run(
    "await new Promise((r) => setTimeout(r, 120)); console.log('mine')",
  );
  expect(answers(await late, first.request)).toBe(true);
  expect(textOf(second)).toBe("mine\n");
});

test.each([
  ["a rejection", "void Promise.reject(new Error('nobody cares'))"],
  [
    "a rejection in an async function",
    "void (async () => { await null; throw new Error('nobody cares') })()",
  ],
  [
    "an exception in a timer",
    "setTimeout(() => { throw new Error('nobody cares') }); await new Promise((r) => setTimeout(r, 50))",
  ],
])("%s that nobody handles makes its cell fail", async (_name, code) => {
  const { reply, messages } = await kernel.run(code);
  expect(reply.content).toMatchObject({ status: "error", evalue: "nobody cares" });
  expect(messages.filter((one) => kindOf(one) === "error")).toHaveLength(1);
});

test("an error after the end of its cell is told in that cell's name, and the kernel lives on", async () => {
  const error = kernel.next((one) => kindOf(one) === "error");
  const first = kernel.start("setTimeout(() => { throw new Error('late') }, 50); null");
  expect((await first.ended).reply.content["status"]).toBe("ok");
  expect(answers(await error, first.request)).toBe(true);
  expect((await kernel.run("1")).reply.content["status"]).toBe("ok");
});

test.each([
  [
    "a PNG",
    "Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')",
    "image/png",
  ],
  ["a JPEG", "Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)", "image/jpeg"],
  ["records", "[{ name: '<Ada>', born: 1815 }, { name: 'Alan' }]", "text/html"],
  [
    "Jupyter.display",
    "({ [Symbol.for('Jupyter.display')]: async () => ({ 'text/markdown': '**x**' }) })",
    "text/markdown",
  ],
  ["_repr_html_", "({ _repr_html_: () => '<b>x</b>' })", "text/html"],
  [
    "_repr_mimebundle_",
    "({ _repr_mimebundle_: () => ({ 'application/json': { a: 1 } }) })",
    "application/json",
  ],
])("%s is shown rich, and as text", async (_name, code, type) => {
  const data = resultOf(await kernel.run(code)) ?? {};
  expect(Object.keys(data)).toEqual(expect.arrayContaining([type, "text/plain"]));
  expect(JSON.stringify(data[type])).not.toContain("<Ada>");
});

test("tslab's display and its updates", async () => {
  const { messages } = await kernel.run(
    "import { display, newDisplay } from 'tslab'; display.html('<i>a</i>'); display.png(Uint8Array.of(1, 2));\n" +
      "const d = newDisplay(); d.text('1'); d.text('2');\n" +
      "globalThis.__tslab__.require('tslab').display.raw('text/x', 'raw')",
  );
  const shown = messages.filter((one) => /display_data/.test(kindOf(one)));
  expect(shown.map((one) => [kindOf(one), one.content["data"]])).toEqual([
    ["display_data", { "text/html": "<i>a</i>", "text/plain": "a" }],
    ["display_data", { "image/png": "AQI=", "text/plain": "[image/png]" }],
    ["display_data", { "text/plain": "1" }],
    ["update_display_data", { "text/plain": "2" }],
    ["display_data", { "text/x": "raw", "text/plain": "raw" }],
  ]);
  expect(shown[3]?.content["transient"]).toEqual(shown[2]?.content["transient"]);
});

test("display with an id, clear_output and comms of typescript-kernel", async () => {
  const { messages } = await kernel.run(
    "import { display, clearOutput, openComm } from 'typescript-kernel';\n" +
      "const handle = await display({ a: 1 }); await handle.update('b'); clearOutput({ wait: true });\n" +
      "const comm = openComm('target', { x: 1 }); comm.send({ y: 2 }, [Uint8Array.of(7)]);",
  );
  const kinds = messages.map(kindOf).filter((kind) => !/status|execute_input/.test(kind));
  expect(kinds).toEqual([
    "display_data",
    "update_display_data",
    "clear_output",
    "comm_open",
    "comm_msg",
  ]);
  expect(
    Buffer.from(messages.find((one) => kindOf(one) === "comm_msg")?.buffers[0] ?? []).equals(
      Buffer.of(7),
    ),
  ).toBe(true);
});

test("a listener prints in the cell that added it, not in the one that opened the connection", async () => {
  await kernel.run(
    "const { createServer, connect: dial } = require('node:net');" +
      "const server = createServer((peer) => peer.pipe(peer)).listen(0, '127.0.0.1');" +
      "await new Promise((r) => server.once('listening', r));" +
      "const socket = dial(server.address().port, '127.0.0.1'); null",
  );
  const adding = kernel.start(
    "const hear = (data) => console.log('heard', String(data));" +
      "socket.on('data', hear); socket.once('data', () => console.log('once')); null",
  );
  await adding.ended;
  const heard = kernel.next(({ content }) => String(content["text"]).includes("once"));
  const sending = await kernel.run(
    "socket.write('hello'); await new Promise((r) => setTimeout(r, 100)); console.log('mine')",
  );
  expect(textOf(sending)).toBe("mine\n");
  const told = await heard;
  expect(told.content["text"]).toBe("heard hello\nonce\n");
  expect(answers(told, adding.request)).toBe(true);
  const ended = await kernel.run(
    "socket.off('data', hear); const left = socket.listeners('data').length;" +
      "socket.destroy(); server.close(); console.log(left)",
  );
  expect(textOf(ended)).toBe("0\n");
});

test.each([
  ["a getter", "class Odd extends Error { get message(): string { throw 1 } } throw new Odd()"],
  ["a proxy", "throw new Proxy({}, { get() { throw 1 } })"],
  ["a function as its message", "throw Object.assign(new Error(), { message: () => 1 })"],
  ["a revoked proxy", "const gone = Proxy.revocable({}, {}); gone.revoke(); throw gone.proxy"],
  ["a revoked proxy that is rejected", "Promise.reject(gone.proxy)"],
])("what is thrown with %s that cannot be read ends the cell", async (_name, code) => {
  expect((await kernel.run(code)).reply.content["status"]).toBe("error");
  expect(resultOf(await kernel.run("1 + 1"))?.["text/plain"]).toBe("2");
});

test("a result that throws when it is asked for hooks or columns is shown as text", async () => {
  const shown = async (code: string) => resultOf(await kernel.run(code))?.["text/plain"];
  expect(await shown("({ get _repr_html_() { throw new Error() } })")).toBe(
    "{ _repr_html_: [Getter] }",
  );
  expect(await shown("[{ get bad() { throw new Error() } }]")).toBe("[ { bad: [Getter] } ]");
  expect(await shown("new Proxy({ a: 1 }, { get() { throw new Error() } })")).toBe("{ a: 1 }");
  expect(await shown("const off = Proxy.revocable({}, {}); off.revoke(); off.proxy")).toBe(
    "<Revoked Proxy>",
  );
});

test("the traceback of an async function ends with the line that waits for it", async () => {
  const { reply } = await kernel.run(
    "const inner = async () => { await null; throw new Error('deep') };\n\nawait inner();",
  );
  expect((reply.content["traceback"] as string[]).join("\n")).toMatch(
    /line 1.*in .*inner[\s\S]*line 3/,
  );
});

test("an error whose `errors` are no list shows them as one of its fields, with its frames", async () => {
  const { reply } = await kernel.run(
    "throw Object.assign(new Error('not valid'), { errors: { age: 'too low' } })",
  );
  const traceback = (reply.content["traceback"] as string[]).join("\n");
  expect(traceback).toMatch(/errors: \{ age: 'too low' \}[\s\S]*line 1/);
});
