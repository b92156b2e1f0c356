import { setTimeout as sleep } from "node:timers/promises";
import type { AnswerTable } from "../answer-table.js";

export const answers: AnswerTable = {
  "10a/1": {
    right: [
      (client, key, ms) => {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<never>((_, fail) => {
          timer = setTimeout(() => fail(new Error("too late")), ms);
        });
        return Promise.race([client.get(key), late]).finally(() => clearTimeout(timer));
      },
    ],
    wrong: [
      [(client, key) => client.get(key), "should throw"],
      [
        async (client, key, ms) => {
          const start = Date.now();
          const value = await client.get(key);
          if (Date.now() - start > ms) throw new Error("too late");
          return value;
        },
        "when the time is up, not later",
      ],
      [(client, key, ms) => Promise.race([client.get(key), sleep(ms, null)]), "should throw"],
    ],
  },
  "10a/2": {
    right: [
      (line) => {
        const [command = "", ...words] = line.toUpperCase().split(/\s+/);
        if (/^(B[LRZ]|S?P?SUBSCRIBE$|MONITOR$|WATCH$|SELECT$)/.test(command)) return true;
        return command.startsWith("XREAD") && words.includes("BLOCK");
      },
    ],
    wrong: [
      [(line) => line.startsWith("B"), "SUBSCRIBE news"],
      [(line) => /^(B|SUB|WATCH|XREAD)/i.test(line), "XREAD STREAMS"],
      [(line) => /^(B[LRZ]|SUBSCRIBE|WATCH)|BLOCK/.test(line), "brpop queue 0"],
    ],
  },
};
