import { task } from "../exercises/task.js";

export const tasks = {
  1: task("Number() turns a string into a number", async (t, addOne: (key: string) => unknown) => {
    const key = t.key("number");
    for (const value of [24, -1, 0.5, 999]) {
      await t.redis.set(key, value);
      const run = await t.call("addOne", addOne, key);
      run.gives(value + 1, `The key holds ${value}: one more is the number ${value + 1}.`);
      t.same(await t.redis.get(key), String(value), "The key should still hold what it held.");
    }
  }),
  2: task(
    "the previous notebook has a command that counts bytes",
    async (t, writeAndMeasure: (key: string, text: string) => unknown) => {
      const key = t.key("animal");
      for (const [text, bytes] of [
        ["żółw", 7],
        ["cat", 3],
        ["🐘🐘", 8],
        ["", 0],
      ] as const) {
        const run = await t.call("writeAndMeasure", writeAndMeasure, key, text);
        run.gives(bytes, `"${text}" takes ${bytes} bytes.`);
        t.same((await t.redis.get(key)) ?? "", text, "The key should hold the text.");
        run.avoids(["GET", "GETDEL", "GETRANGE"], "Right result, but the text was read back.");
        run.uses(["STRLEN", "APPEND", "SETRANGE"], "Right result, but Redis did not count.");
      }
    },
  ),
  3: task(
    "decode, encode again, and compare with equals()",
    async (t, isText: (bytes: Buffer) => unknown) => {
      const cases = [
        ["żółw", "", true],
        ["\xff\xfeA", "ff never occurs in UTF-8", false],
        ["", "no bytes are an empty string", true],
        ["\xc5", "ż has a second byte", false],
        ["�", "the replacement character is a character like any other", true],
      ] as const;
      for (const [text, because, answer] of cases) {
        const bytes = Buffer.from(text, answer ? "utf8" : "latin1");
        const run = await t.call("isText", isText, bytes);
        run.gives(answer, `This should give ${answer}${because && `: ${because}`}.`);
      }
    },
  ),
};
