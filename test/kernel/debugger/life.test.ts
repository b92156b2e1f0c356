import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Channels } from "#jupyter/channels.js";
import { request } from "#jupyter/messages.js";
import { shown, textOf } from "../client.js";
import { DebugClient } from "./debug-client.js";

let client: DebugClient;
beforeEach(async () => {
  client = await DebugClient.start();
});
afterEach(() => client.kernel.stop());

const CODE = `let steps = 0;
steps++;
steps++;
await null;
steps++;`;

async function stopped() {
  await client.breakIn(CODE, 3);
  return client.runToStop(CODE);
}

test("an interrupt ends a stopped cell where it stands", async () => {
  for (const by of ["message", "signal"]) {
    const { ended } = await stopped();
    const continued = client.event("continued");
    const asked = performance.now();
    if (by === "message") await client.kernel.interrupt();
    else process.kill(client.kernel.process.child.pid as number, "SIGINT");
    expect((await ended).reply.content).toMatchObject({
      status: "error",
      ename: "KeyboardInterrupt",
    });
    expect(performance.now() - asked).toBeLessThan(3000);
    await continued;
    await client.breakIn(CODE);
    expect(shown(await client.kernel.run("steps"))).toBe("1");
  }
  // The debugger works on.
  const { ended } = await stopped();
  await client.ask("continue");
  expect((await ended).reply.content["status"]).toBe("ok");
});

test("an interrupt ends a stopped function that catches everything", async () => {
  const code = `function stubborn() {
  for (;;) {
    try {
      steps++;
    } catch {}
  }
}
let steps = 0;
stubborn();`;
  await client.breakIn(code, { line: 4, hitCondition: "== 5" });
  const { ended } = await client.runToStop(code);
  await client.kernel.interrupt();
  expect((await ended).reply.content["ename"]).toBe("KeyboardInterrupt");
  expect(shown(await client.kernel.run("1 + 1"))).toBe("2");
});

test("questions are answered while a cell is stopped, and its text is shown", async () => {
  const code = "console.log('before');\nlet here = 1;\nconsole.log('after');";
  await client.breakIn(code, 2);
  const text = client.kernel.next(({ content }) => content["text"] === "before\n");
  const { ended } = await client.runToStop(code);
  await text;
  expect(await client.kernel.ask("kernel_info_request", {}, "control")).toMatchObject({
    debugger: true,
    supported_features: ["debugger"],
  });
  expect(await client.kernel.ask("is_complete_request", { code: "1" })).toMatchObject({
    status: "complete",
  });
  expect(await client.kernel.beat("ping")).toBe("ping");
  await client.ask("continue");
  expect(textOf(await ended)).toBe("before\nafter\n");
});

test.each([false, true])(
  "shutdown (restart: %s) ends a kernel that is stopped",
  async (restart) => {
    await stopped();
    const asked = performance.now();
    await client.kernel.ask("shutdown_request", { restart }, "control");
    expect(await client.kernel.process.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(3000);
  },
);

test("disconnect lets the cell go on, without breakpoints", async () => {
  const { ended } = await stopped();
  await client.ask("disconnect");
  expect((await ended).reply.content["status"]).toBe("ok");
  expect(await client.ask("debugInfo")).toMatchObject({ isStarted: false, breakpoints: [] });
  expect((await client.kernel.run(CODE)).reply.content["status"]).toBe("ok");
  const off = await client.request("stackTrace", { threadId: 1 });
  expect(off).toMatchObject({ success: false, message: expect.stringMatching(/off/) as string });
  await client.attach();
  const again = await stopped();
  await client.ask("continue");
  await again.ended;
});

test("terminate ends the cell and the debugging; restart ends the cell and keeps breakpoints", async () => {
  const first = await stopped();
  await client.ask("restart");
  expect((await first.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
  const second = await client.runToStop(CODE);
  const terminated = client.event("terminated");
  await client.ask("terminate");
  await terminated;
  expect((await second.ended).reply.content["ename"]).toBe("KeyboardInterrupt");
  expect((await client.kernel.run(CODE)).reply.content["status"]).toBe("ok");
});

test("the cell goes on when the front end that debugs has gone", async () => {
  const other = new Channels(client.kernel.info, {
    ipcSeparator: "-",
    onError: () => {},
    onMessage: () => {},
  });
  const ask = (command: string, args = {}) =>
    other.send(
      request("control", "debug_request", "other", {
        type: "request",
        seq: 1,
        command,
        arguments: args,
      }),
    );
  await ask("initialize");
  await ask("attach");
  const { sourcePath: path } = await client.ask("dumpCell", { code: CODE });
  await client.breakAt(String(path), 3);
  // The last to ask is the one that listens.
  await ask("threads");
  await sleep(100);
  const { ended } = await client.runToStop(CODE);
  other.close();
  expect((await ended).reply.content["status"]).toBe("ok");
  expect(await client.ask("debugInfo")).toMatchObject({ isStarted: false });
});

test("another front end that goes changes nothing", async () => {
  const other = new Channels(client.kernel.info, {
    ipcSeparator: "-",
    onError: () => {},
    onMessage: () => {},
  });
  await other.send(request("control", "kernel_info_request", "other"));
  const { ended } = await stopped();
  other.close();
  await sleep(1500);
  expect(await client.stack()).toEqual(["Cell 1:3"]);
  await client.ask("continue");
  await ended;
});
