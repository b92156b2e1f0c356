import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { shown } from "../client.js";
import { DebugClient } from "./debug-client.js";

let client: DebugClient;
beforeAll(start);
beforeEach(async () => {
  if (client.kernel.process.exit !== undefined) await start();
});
async function start() {
  client = await DebugClient.start();
}
afterAll(() => client.kernel.stop());

/** What each request may be given that it cannot use. */
const BAD: readonly (readonly [command: string, args: unknown])[] = [
  ["", undefined],
  ["toString", {}],
  ["__proto__", {}],
  ["gotoTargets", {}],
  ["dumpCell", undefined],
  ["dumpCell", { code: 5 }],
  ["setBreakpoints", undefined],
  ["setBreakpoints", { source: { path: 7 }, breakpoints: [] }],
  ["setBreakpoints", { source: { path: "x" }, breakpoints: [{ line: 0 }] }],
  ["setBreakpoints", { source: { path: "x" }, breakpoints: [{ line: -1 }] }],
  ["setBreakpoints", { source: { path: "x" }, breakpoints: [{ line: "one" }] }],
  ["setBreakpoints", { source: { path: "x" }, breakpoints: [{ line: 1e300 }] }],
  ["stackTrace", { threadId: 1 }],
  ["stackTrace", { threadId: 99 }],
  ["scopes", { frameId: 12_345 }],
  ["scopes", { frameId: null }],
  ["scopes", undefined],
  ["variables", { variablesReference: 0 }],
  ["variables", { variablesReference: 1e15 }],
  ["variables", { variablesReference: "a" }],
  ["setVariable", { variablesReference: 3, name: "x", value: "1" }],
  ["evaluate", undefined],
  ["evaluate", { expression: "1", frameId: 77_777 }],
  ["evaluate", { expression: "((" }],
  ["source", undefined],
  ["source", { source: { path: "/no/such/file" } }],
  ["source", { source: { path: "nowhere" } }],
  ["continue", { threadId: 1 }],
  ["continue", { threadId: 5 }],
  ["next", {}],
  ["stepIn", {}],
  ["stepOut", {}],
  ["pause", { threadId: "x" }],
  ["exceptionInfo", {}],
  ["copyToGlobals", { srcVariableName: "a", dstVariableName: "b", srcFrameId: 4 }],
  ["copyToGlobals", { srcVariableName: "a b" }],
  ["richInspectVariables", { variableName: "1 + 1" }],
  ["richInspectVariables", {}],
];

test.each(BAD)("%s with %j is refused, with a reason", async (command, args) => {
  const reply = await client.request(command, args);
  expect(reply).toMatchObject({ success: false, message: expect.stringMatching(/\w/) as string });
});

test("a request of any shape is answered", async () => {
  for (const content of [{}, { command: 5 }, { command: null, seq: "x" }, { type: "event" }]) {
    const reply = await client.kernel.ask("debug_request", content, "control");
    expect(reply).toMatchObject({ type: "response", success: false });
  }
});

const PROGRAM = `let turns = 0;
function work(n: number): number {
  const doubled = n * 2;
  turns++;
  return doubled;
}
for (let i = 0; i < 3; i++) work(i);
await null;
turns;`;

const small = fc.oneof(fc.nat(12), fc.constantFrom(-1, 1e12, 0.5, null, "x", undefined));
const commands = fc.constantFrom(
  ..."initialize attach configurationDone threads stackTrace scopes variables setVariable evaluate".split(
    " ",
  ),
  ..."continue next stepIn stepOut pause inspectVariables richInspectVariables copyToGlobals".split(
    " ",
  ),
  ..."setBreakpoints setExceptionBreakpoints source modules debugInfo disconnect exceptionInfo".split(
    " ",
  ),
);
const given = fc.record(
  {
    threadId: fc.constantFrom(1, 1, 1, 2, "x"),
    frameId: small,
    srcFrameId: small,
    variablesReference: small,
    start: small,
    count: fc.oneof(small, fc.constant(1e9)),
    filter: fc.constantFrom("indexed", "named", 3),
    filters: fc.subarray(["caught", "uncaught", "other"]),
    expression: fc.constantFrom(
      "turns",
      "n",
      "work(1)",
      "((",
      "throw 1",
      "let z = 1",
      "await 1",
      "",
    ),
    name: fc.constantFrom("turns", "n", "doubled", "", "this"),
    value: fc.constantFrom("1", "nobody", "(("),
    variableName: fc.constantFrom("turns", "n", "a b", ""),
    srcVariableName: fc.constantFrom("n", "i", "nobody"),
    dstVariableName: fc.constantFrom("copied", "turns", "1x"),
    breakpoints: fc.array(
      fc.record({
        line: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(-4, 1e9)),
        condition: fc.constantFrom("n > 0", "nobody", "((", ""),
        hitCondition: fc.constantFrom("2", "often", ""),
        logMessage: fc.constantFrom("at {n}", "{", ""),
      }),
      { maxLength: 4 },
    ),
  },
  { requiredKeys: ["breakpoints"] },
);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ command: commands, args: given }) },
  { weight: 2, arbitrary: fc.constant("run" as const) },
  { weight: 1, arbitrary: fc.constant("interrupt" as const) },
);

/** How many sequences. FUZZ_DEBUG makes it search longer. */
const RUNS = Number(process.env["FUZZ_DEBUG"] ?? 60);

test("requests in any order, with a cell or without, neither kill nor hang the kernel", async () => {
  const { sourcePath: path } = await client.ask("dumpCell", { code: PROGRAM });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const cells: Promise<unknown>[] = [];
      const answers: boolean[] = [];
      for (const one of steps) {
        if (one === "run") cells.push(client.kernel.start(PROGRAM, { stop_on_error: false }).ended);
        else if (one === "interrupt") await client.kernel.interrupt();
        else {
          const { success } = await client.request(one.command, { ...one.args, source: { path } });
          answers.push(success);
        }
      }
      await client.request("disconnect");
      await Promise.all(cells);
      expect(answers.filter((success) => typeof success !== "boolean")).toEqual([]);
      await client.attach();
      expect(shown(await client.kernel.run("40 + 2"))).toBe("42");
    }),
    { numRuns: RUNS, interruptAfterTimeLimit: 240_000 },
  );
}, 300_000);
