import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAll, connect, withConfig } from "#lib/index.js";
import { openLab } from "./lab.js";
import { root } from "../root.js";

const SETTING = "notify-keyspace-events";
let server: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  server = await openLab();
});
afterAll(async () => {
  await closeAll();
  await server.stop();
});

async function setting() {
  const [, value] = await (await connect()).config("GET", SETTING);
  return value;
}

/** No setting changed, no lock left. */
async function expectClean() {
  expect(await setting()).toBe("");
  expect(await (await connect()).keys("*")).toEqual([]);
}

test("sets a value for the time of a block, gives the block's, and puts the old one back", async () => {
  expect(await withConfig(SETTING, "KA", setting)).toBe("AK");
  await expectClean();
});

test("puts it back when the block throws, and when it is synchronous", async () => {
  const failing = withConfig(SETTING, "KA", () => {
    throw new Error("no more");
  });
  await expect(failing).rejects.toThrow("no more");
  await expectClean();
});

test("a block inside another puts back what the outer one set", async () => {
  const seen = await withConfig(SETTING, "KA", async () => {
    const inner = await withConfig(SETTING, "$K", setting);
    return [inner, await setting()];
  });
  expect(seen).toEqual(["$K", "AK"]);
  await expectClean();
});

test("blocks take turns, and each sees its own value to its end", async () => {
  const values = ["AK", "$K", "lE", "AKE", "gx"];
  const seen = await Promise.all(
    values.map((value) =>
      withConfig(SETTING, value, async () => {
        const first = await setting();
        await new Promise((resolve) => setTimeout(resolve, 20));
        return [first, await setting()];
      }),
    ),
  );
  expect(seen).toEqual(values.map((value) => [value, value]));
  await expectClean();
});

test("the lock of a killed notebook ends, and the next one puts its setting back", async () => {
  const script = `require("redis-lab").withConfig("${SETTING}", "KA", async () => {
    console.log("held");
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });`;
  const child = spawn(process.execPath, ["-e", script], { cwd: join(root, "notebooks") });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await setting()).toBe("AK");
  // It ends within ten seconds; the test does not wait for them.
  const redis = await connect();
  const lock = `lab:config:${SETTING}:lock`;
  expect(await redis.pttl(lock)).toSatisfy((left) => left > 0 && left <= 10_000);
  await redis.pexpire(lock, 50);
  expect(await withConfig(SETTING, "$K", setting)).toBe("$K");
  await expectClean();
}, 20_000);

test("one that lost its lock leaves the setting to who holds it now", async () => {
  const redis = await connect();
  const key = `lab:config:${SETTING}:lock`;
  await withConfig(SETTING, "KA", () => redis.set(key, "another"));
  expect(await setting()).toBe("AK");
  await redis.del(key);
  await withConfig(SETTING, "KA", () => {});
  await expectClean();
});

test("says which setting or value Redis does not take, and holds up nobody", async () => {
  for (const [name, value] of [
    ["no-such-setting", "1"],
    [SETTING, "nonsense"],
  ] as const) {
    await expect(withConfig(name, value, () => {})).rejects.toMatchObject({
      name: "SettingRefusedError",
      setting: name,
    });
  }
  await expectClean();
});
