import { randomUUID } from "node:crypto";
import { JobClient, openForm } from "redis-lab-jobs";
import { expect, test, vi } from "vitest";
import { ask, form, picture } from "./http.js";
import { openServer, PNG } from "./server.js";
import { html, workedPage } from "./worked-page.js";

// The job of a form with several pictures: the parent of theirs.
const { redisUrl, server, stateOf } = workedPage();

interface Answer {
  readonly form_id?: string;
  readonly tasks: readonly { readonly task_id: string }[];
}
async function send(files: readonly Buffer[], url = server().url, cookie = "") {
  const body = form(files.map((bytes, i) => picture(bytes, `${i}.png`)));
  const answer = await ask(url, { ...body, headers: { ...body.headers, cookie } });
  const { form_id: id = "", tasks = [] } = answer.json() as unknown as Partial<Answer>;
  return { id, tasks: tasks.map(({ task_id }) => task_id) };
}
const ended = async (id: string) => {
  await vi.waitFor(async () => expect((await stateOf(id))["task_status"]).toBe("SUCCESS"), 20_000);
  return (await stateOf(id))["results"] as {
    archive_path: string;
    done: string[];
    failed: string[];
  };
};
const broken = Buffer.concat([PNG.subarray(0, 40), Buffer.alloc(60)]);

test("a form is done when all its pictures are, however each ended, and has one zip of them", async () => {
  const { id, tasks } = await send([PNG, PNG, broken]);
  const results = await ended(id);
  expect(results.done).toEqual(tasks.slice(0, 2));
  expect(results.failed).toEqual(tasks.slice(2));
  const zip = await ask(server().url + results.archive_path);
  expect(zip.status).toBe(200);
  expect(zip.headers["content-type"]).toBe("application/zip");
  const page = await ask(`${server().url}/task/${id}`, { headers: html });
  expect(page.text).toContain("2 of 3 pictures have thumbnails.");
  expect(page.text).toContain("all.zip?task=");
});

test("one picture has no form; a form that is sent twice at once gets the same tasks, and both end", async () => {
  expect((await send([PNG])).id).toBe("");
  const cookie = `redis_lab_session=${"f".repeat(32)}`;
  const [first, second] = [
    await send([PNG, PNG], undefined, cookie),
    await send([PNG, PNG], undefined, cookie),
  ];
  for (const { id, tasks } of [first, second]) {
    await vi.waitFor(async () => {
      const answer = await ask(`${server().url}/task/${id}`, { headers: { cookie } });
      expect(answer.json()).toMatchObject({ task_status: "SUCCESS", results: { done: tasks } });
    }, 20_000);
    // Another session's form is not told.
    expect((await ask(`${server().url}/task/${id}`)).status).toBe(404);
  }
});

test("a form of which not all came into the queue is not taken for the next one", async () => {
  const client = new JobClient({ redisUrl: redisUrl(), prefix: server().prefix });
  try {
    const [lost, next] = [randomUUID(), randomUUID()];
    await openForm(client, lost, [randomUUID(), randomUUID()], "same");
    expect(await openForm(client, next, [randomUUID()], "same")).toMatchObject({ id: next });
  } finally {
    await client.close();
  }
});

test("a form waits with its pictures, tells how many are done, and goes with them and their files", async () => {
  const idle = await openServer(redisUrl());
  try {
    const { id, tasks } = await send([PNG, PNG, PNG], idle.url);
    const state = async () => (await ask(`${idle.url}/task/${id}`)).json();
    expect(await state()).toMatchObject({ task_status: "PENDING" });
    // One that its user has taken out is not waited for.
    expect((await ask(`${idle.url}/task/${tasks[0]}`, { method: "DELETE" })).status).toBe(204);
    expect((await ask(`${idle.url}/task/${id}`, { method: "DELETE" })).status).toBe(204);
    for (const one of [id, ...tasks]) {
      expect((await ask(`${idle.url}/task/${one}`)).status).toBe(404);
    }
    expect(await idle.files()).toEqual([]);
  } finally {
    await idle.close();
  }
});
