import { task } from "../exercises/task.js";

export const tasks = {
  1: task(
    'Buffer.from(text, "hex") reads two digits as one byte',
    async (t, storeHex: (key: string, hex: string) => unknown) => {
      const key = t.key("bytes");
      for (const hex of ["deadbeef", "00ff0a", "c582"]) {
        await t.redis.del(key);
        const run = await t.call("storeHex", storeHex, key, hex);
        const stored = await t.redis.getBuffer(key);
        const bytes = hex.length / 2;
        t.same(stored?.toString("hex"), hex, `The key should hold these ${bytes} bytes, in hex.`);
        run.gives(Buffer.from(hex, "hex"), "The call should return the bytes as a Buffer.");
        run.uses(["GET"], "Right result, but the bytes were not read back from Redis.");
      }
    },
  ),
  2: task(
    "write the text under the key, then ask for STRLEN",
    async (t, bytesOf: (key: string, text: string) => unknown) => {
      for (const [text, bytes] of [
        ["🐘", 4],
        ["żółw", 7],
        ["", 0],
        ["cat", 3],
      ] as const) {
        const run = await t.call("bytesOf", bytesOf, t.key("text"), text);
        run.gives(bytes, `"${text}" takes ${bytes} bytes.`);
        run.uses(["STRLEN", "APPEND", "SETRANGE"], "Right result, but Redis did not count.");
      }
    },
  ),
};
