import { redis, type AnswerTable } from "../answer-table.js";

const lines = async () => String(await redis.client("LIST")).split("\n");

export const answers: AnswerTable = {
  "1.1/1": {
    right: [(text) => redis.ping(text), async (text) => redis.call("PING", text)],
    wrong: [
      [() => redis.ping(), "The reply should be the text that was sent."],
      [(text) => text, "nothing was sent to Redis"],
      [() => "hello", "nothing was sent to Redis"],
      [(text) => redis.echo(text), "by ECHO: the task asks for PING"],
    ],
  },
  "1.1/2": {
    right: [
      async (name) => (await lines()).filter((line) => line.includes(` name=${name} `)).length,
      async (name) =>
        (await lines()).filter((line) => / name=(\S*)/.exec(line)?.[1] === name).length,
    ],
    wrong: [
      [
        async (name) => (await lines()).filter((line) => line.includes(name)).length,
        "Only connections of exactly this name should count.",
      ],
      [() => 1, "nothing was sent to Redis"],
      [
        async (name) => (await lines()).filter((line) => line.includes(` name=${name} `)),
        "Only connections of exactly this name should count.",
      ],
      [
        async (name) => (await lines()).some((line) => line.includes(name)),
        "Only connections of exactly this name should count.",
      ],
    ],
  },
};
