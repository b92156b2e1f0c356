import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { shown, TestKernel, textOf } from "./client.js";

let kernel: TestKernel;
let asked: string[];
beforeAll(async () => {
  kernel = await TestKernel.start({ args: ["--check=off"] });
  await kernel.run(
    'import readline from "node:readline"; import promises from "node:readline/promises"; ' +
      'import { once } from "node:events"; import { setTimeout as sleep } from "node:timers/promises"',
  );
});
afterAll(() => kernel.stop());
beforeEach(() => {
  asked = [];
  kernel.onInput = ({ prompt }) => `answer ${asked.push(String(prompt))}`;
});

const ask = (code: string) => kernel.run(code, { allow_stdin: true });
const lines = (module = "readline") =>
  `${module}.createInterface({ input: process.stdin, output: process.stdout })`;

test.each([
  ["promises", "await rl.question('Name? ')"],
  ["readline", "await new Promise((done) => rl.question('Name? ', done))"],
  ["readline", "rl.setPrompt('Name? '); rl.prompt(); (await once(rl, 'line'))[0]"],
])("%s asks the front end: %s", async (module, question) => {
  const run = await ask(`const rl = ${lines(module)};\nconsole.log("before"); ${question}`);
  expect([asked, shown(run), textOf(run)]).toEqual([["Name? "], "answer 1", "before\n"]);
  await kernel.run("rl.close()");
});

test("a reader that is left open asks again when a later cell asks, and not before", async () => {
  expect(shown(await ask(`const open = ${lines("promises")}; await open.question("1? ")`))).toBe(
    "answer 1",
  );
  await ask("await sleep(200)");
  expect(asked).toEqual(["1? "]);
  const twice = await ask('[await open.question("2? "), await open.question("3? ")].join()');
  expect([asked, shown(twice)]).toEqual([["1? ", "2? ", "3? "], "answer 2,answer 3"]);
  const loop =
    "const all = []; for await (const line of open) { if (all.push(line) === 2) break } all.join()";
  expect(shown(await ask(loop))).toBe("answer 4,answer 5");
  await ask("open.close()");
});

test.each([
  ["its chunks", "String((await once(process.stdin.resume(), 'data'))[0])", "answer 1\n"],
  [
    "a loop",
    "let first; for await (const chunk of process.stdin) { first = chunk; break } String(first)",
    "answer 1\n",
  ],
  [
    "a listener for lines",
    "readline.createInterface(process.stdin).once('line', (line) => globalThis.line = line); await sleep(300); line",
    "answer 1",
  ],
])("stdin is read by %s", async (_name, code, result) => {
  expect(shown(await ask(code))).toBe(result);
  expect(asked[0]).toBe("");
});

test("a cell that waits for a line is stopped, or told that this front end does not ask", async () => {
  kernel.onInput = () => undefined;
  const requested = kernel.next(({ header }) => header.msg_type === "input_request");
  const cell = kernel.start(`const wait = ${lines("promises")}; await wait.question("? ")`, {
    allow_stdin: true,
  });
  await requested;
  await kernel.interrupt();
  expect((await cell.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
  const { reply } = await kernel.run('await wait.question("? ")');
  expect(reply.content["ename"]).toBe("NoInputError");
});
