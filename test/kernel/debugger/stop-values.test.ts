import type { DebugProtocol } from "@vscode/debugprotocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shown, textOf } from "../client.js";
import { DebugClient, texts } from "./debug-client.js";

let client: DebugClient;
beforeAll(async () => {
  client = await DebugClient.start();
});
afterAll(() => client.kernel.stop());

const CODE = `let outer = 1;
function work(n: number) {
  const local = { n };
  const inner = (m: number) => {
    const sum = m + n;
    return sum + outer;
  };
  return inner(10);
}
console.log("work", work(5), outer);`;

test("scopes, values set, expressions in the frame, copies for the notebook", async () => {
  await client.breakIn(CODE, 6);
  const { ended } = await client.runToStop(CODE);
  expect(await client.stack()).toEqual([
    "inner:6",
    "work:8",
    expect.stringMatching(/^Cell \d+:10$/),
  ]);
  expect(texts(await client.scope("Local"))).toEqual(["m: 10", "sum: 15"]);
  expect(texts(await client.scope("Closure"))).toEqual(["n: 5"]);
  expect(texts(await client.scope("Notebook"))).toContain("outer: 1");
  expect(texts(await client.scope("Local", 1))).toContain("local: {n: 5}");
  const [frame, caller] = await client.frames();
  expect(await client.evaluate("sum + (n as number) + outer")).toBe("21");
  expect(
    await client.ask("evaluate", { expression: "local.n * 2", frameId: caller?.id }),
  ).toMatchObject({ result: "10", type: "number", variablesReference: 0 });
  const awaiting = await client.request("evaluate", { expression: "await 1" });
  expect(awaiting).toMatchObject({ success: false });
  const hover = { expression: "outer = 9", frameId: frame?.id, context: "hover" };
  expect((await client.request("evaluate", hover)).success).toBe(false);
  const { scopes } = await client.ask<{ scopes: DebugProtocol.Scope[] }>("scopes", {
    frameId: frame?.id,
  });
  for (const [scope, name, value] of [
    [0, "sum", "m * 10"],
    [1, "n", "77"],
    [2, "outer", "n + 1"],
  ] as const) {
    const variablesReference = scopes[scope]?.variablesReference;
    await client.ask("setVariable", { variablesReference, name, value });
  }
  expect(await client.evaluate("[sum, n, outer].join()")).toBe('"100,77,78"');
  expect(texts(await client.scope("Local"))).toEqual(["m: 10", "sum: 100"]);
  expect(texts(await client.scope("Closure"))).toEqual(["n: 77"]);
  await client.evaluate("m = 11 as number");
  expect(texts(await client.scope("Local"))).toEqual(["m: 11", "sum: 100"]);
  await client.ask("copyToGlobals", {
    srcVariableName: "sum",
    dstVariableName: "copied",
    srcFrameId: frame?.id,
  });
  expect(
    await client.ask("richInspectVariables", { variableName: "sum", frameId: frame?.id }),
  ).toMatchObject({
    data: { "text/plain": "100" },
  });
  expect(texts(await client.scope("Notebook"))).toContain("copied: 100");
  await client.ask("continue");
  expect(textOf(await ended)).toBe("work 178 78\n");
  expect(shown(await client.kernel.run("copied"))).toBe("100");
  const stale = await client.request("scopes", { frameId: frame?.id });
  expect(stale).toMatchObject({ success: false });
});

test("JupyterLab gets types by which it shows values", async () => {
  await client.attach("jupyterlab");
  await client.kernel.run('let text = "long", list = [1, 2, 3];');
  const { variables } = await client.ask<{ variables: DebugProtocol.Variable[] }>(
    "inspectVariables",
  );
  const all = new Map(variables.map((one) => [one.name, one]));
  expect(all.get("outer")).toMatchObject({ type: "int", value: "78" });
  expect(all.get("text")).toMatchObject({ type: "str" });
  expect(all.get("list")).toMatchObject({ type: "Array(3)" });
  const { ended } = await client.runToStop("let here = 1;\ndebugger;\nhere");
  const [before] = await client.frames();
  await client.evaluate("here = 2");
  const [after] = await client.frames();
  // It shows the variables of a frame again only when it does not know the frame.
  expect(after?.id).not.toBe(before?.id);
  expect(await client.ask("scopes", { frameId: before?.id })).toHaveProperty("scopes");
  await client.ask("continue");
  await ended;
  await client.attach("test");
});
