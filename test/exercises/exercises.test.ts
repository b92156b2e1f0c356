import { readdirSync } from "node:fs";
import { Queue } from "bullmq";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli } from "#lib/cli.js";
import { closeAll, connect } from "#lib/connections.js";
import { CheckError } from "#lib/errors.js";
import { attempt, check } from "#lib/exercises/check.js";
import { sections } from "#lib/tasks/sections.js";
import { wire } from "#lib/wire.js";
import { printed } from "../lib/lab.js";
import { redis, server, type Answers } from "./answer-table.js";

interface AnswerFile {
  readonly answers: Readonly<Record<string, Answers<never>>>;
}
const folder = new URL("answers/", import.meta.url);
const files: AnswerFile[] = [];
// One after the other: some open connections, which must not wait until all others are compiled.
for (const name of readdirSync(folder)) {
  files.push((await import(new URL(name, folder).href)) as AnswerFile);
}

/** What is wrong with an answer, or the praise for a right one. */
const verdict = async (id: string, answer: never) =>
  (await printed(() => attempt(id as never, answer))).join("\n");

const table = new Map(files.flatMap(({ answers }) => Object.entries(answers)));
const ids: string[] = [];
beforeAll(async () => {
  for (const [section, load] of Object.entries(sections)) {
    ids.push(...Object.keys((await load()).tasks).map((number) => `${section}/${number}`));
  }
});
afterAll(async () => {
  await closeAll();
  await server.stop();
});

test("the table has answers to every exercise, one right and two wrong at least", () => {
  expect([...table.keys()].toSorted()).toEqual(ids.toSorted());
  const few = [...table].filter(([, { right, wrong }]) => right.length < 1 || wrong.length < 2);
  expect(few.map(([id]) => id)).toEqual([]);
});

test("check throws what attempt prints, and names the requirement", async () => {
  const wrong = (key: string) => redis.get(key);
  const error = await check("1.2-3/2", wrong).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CheckError);
  expect(error).toMatchObject({ requirement: "take() should leave no key behind." });
  expect((error as Error).message).toBe(await verdict("1.2-3/2", wrong as never));
  expect(await printed(() => check("1.2-3/2", (key) => redis.getdel(key)))).toEqual(["✔ correct"]);
});

test("an id that is none is refused, and says what an id looks like", async () => {
  for (const id of ["1.2-3/9", "nowhere/1", "1.2-3"]) {
    await expect(attempt(id as never, (() => 1) as never)).rejects.toThrow(/There is no exercise/);
  }
});

test("what connect and wire send by themselves does not count", async () => {
  const take = async (key: string) => {
    const client = await connect();
    return wire(() => client.getdel(key));
  };
  expect((await printed(() => attempt("1.2-3/2", take))).at(-1)).toBe("✔ correct");
});

test("what an answer sends by cli counts", async () => {
  const take = async (key: string) => {
    const value = await redis.get(key);
    await cli(`DEL ${key}`);
    return value;
  };
  const told = await printed(() => attempt("1.2-3/2", take));
  expect(told.join("\n")).toContain("2 commands (GET and DEL)");
});

test("what BullMQ still waits for when an answer ends was not forgotten by the answer", async () => {
  const queue = new Queue("try", { connection: { url: server.url }, prefix: "lab:try:bullmq" });
  await queue.waitUntilReady();
  const counting: Promise<unknown>[] = [];
  const countNamed = async (name: string) => {
    const lines = String(await redis.client("LIST")).split("\n");
    counting.push(queue.getJobCounts());
    return lines.filter((line) => line.includes(` name=${name} `)).length;
  };
  expect(await verdict("1.1/2", countNamed as never)).toBe("✔ correct");
  await Promise.all(counting);
  await queue.obliterate();
  await queue.close();
});

describe.each([...table.entries()])("%s", (id, { right, wrong }) => {
  test.each(right.map((answer, index) => [index + 1, answer] as const))(
    "right answer %i is called correct",
    async (_, answer) => {
      expect(await verdict(id, answer)).toBe("✔ correct");
    },
  );

  test.each(wrong.map(([answer, told], index) => [index + 1, told, answer] as const))(
    "wrong answer %i is told: %s",
    async (_, told, answer) => {
      const said = await verdict(id, answer);
      expect(said).toMatch(/^Not yet\. /);
      expect(said).toContain(told);
    },
  );
});
