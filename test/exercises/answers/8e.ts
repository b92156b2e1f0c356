import { listen } from "#lib/listen.js";
import { withConfig } from "#lib/with-config.js";
import type { AnswerTable } from "../answer-table.js";

async function keysOf(event: string, block: () => Promise<unknown>): Promise<string[]> {
  const heard = await withConfig("notify-keyspace-events", "EA", () =>
    listen(`__keyevent@0__:${event}`, block),
  );
  return heard.map(({ message }) => message).filter((name) => name.startsWith("lab:8e:"));
}

export const answers: AnswerTable = {
  "8e/1": {
    right: [
      (block) => keysOf("del", block),
      async (block) => {
        const heard = await withConfig("notify-keyspace-events", "Eg", () =>
          listen("__keyevent@0__:del", block),
        );
        return heard.map(({ message }) => message);
      },
    ],
    wrong: [
      [(block) => keysOf("set", block), "The keys that the block deleted should be named"],
      [(block) => keysOf("unlink", block), "The keys that the block deleted should be named"],
      [(block) => keysOf("*", block), "and no others"],
      [(block) => keysOf("expired", block), "The keys that the block deleted"],
    ],
  },
  "8e/2": {
    right: [
      async (block, prefix) =>
        (await keysOf("expired", block))
          .filter((key) => key.startsWith(prefix))
          .map((key) => key.slice(prefix.length)),
      async (block, prefix) =>
        (await keysOf("expired", block)).flatMap((key) => key.split(prefix).slice(1)),
    ],
    wrong: [
      [(block) => keysOf("del", block), "Only Ala's session ran out"],
      [(block) => keysOf("expired", block), "Only Ala's session ran out"],
      [
        async (block, prefix) =>
          (await keysOf("expired", block)).map((key) => key.slice(prefix.length)),
        "Only Ala's session ran out",
      ],
      [
        async (block, prefix) =>
          (await keysOf("expire", block))
            .filter((key) => key.startsWith(prefix))
            .map((key) => key.slice(prefix.length)),
        "Only Ala's session ran out",
      ],
    ],
  },
};
