import { Worker } from "bullmq";
import { describe, expect, test, vi } from "vitest";
import { noise } from "../worker/fixtures.js";
import { ask, picture } from "./http.js";
import { openServer, PNG } from "./server.js";
import { field, html, workedPage } from "./worked-page.js";

const { redisUrl, server, stateOf, sent, resultsOf } = workedPage();

describe("cancel and delete", () => {
  const filesOf = async (id: string) => (await server().files()).filter((one) => one.includes(id));

  test("what is done goes with its files; a second time there is none", async () => {
    const { id } = await resultsOf([picture(PNG)]);
    expect(await filesOf(id)).toHaveLength(1);
    expect((await ask(`${server().url}/task/${id}`, { method: "DELETE" })).status).toBe(204);
    expect(await filesOf(id)).toEqual([]);
    expect((await ask(`${server().url}/task/${id}`)).status).toBe(404);
    expect((await ask(`${server().url}/task/${id}`, { method: "DELETE" })).status).toBe(404);
    expect((await ask(`${server().url}/task/x`, { method: "DELETE" })).status).toBe(404);
  });

  test("what waits goes with its picture; those behind it move up", async () => {
    const idle = await openServer(redisUrl());
    try {
      const ids = [await sent([picture(PNG)], idle.url), await sent([picture(PNG)], idle.url)];
      const placeOf = async (id = "") =>
        /(Next|Number \d+) in the queue/.exec(
          (await ask(`${idle.url}/task/${id}`, { headers: html })).text,
        )?.[1];
      // Without a worker the page says so instead.
      expect(await placeOf(ids[1])).toBeUndefined();
      expect(await idle.files()).toHaveLength(2);
      const answer = await ask(`${idle.url}/task/${ids[0]}/delete`, {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          referer: `${idle.url}/?task=${ids[0]}&task=${ids[1]}`,
        },
      });
      expect([answer.status, answer.headers.location]).toEqual([303, `/?task=${ids[1]}`]);
      expect(await idle.files()).toHaveLength(1);
    } finally {
      await idle.close();
    }
  });

  test("what a worker is at is let go at once, and leaves nothing", async () => {
    const large = picture(await noise(3000, 2000).png({ compressionLevel: 1 }).toBuffer());
    const sizes = Array.from({ length: 20 }, (_, i) => `${2000 + i}x2000`).join();
    const before = (await server().files()).length;
    const id = await sent([large, field("sizes", sizes), field("format", "avif")]);
    await vi.waitFor(
      async () => expect((await stateOf(id))["task_status"]).toMatch(/STARTED|PROGRESS/),
      20_000,
    );
    expect((await ask(`${server().url}/task/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await ask(`${server().url}/task/${id}`)).status).toBe(404);
    await vi.waitFor(async () => expect((await server().files()).length).toBe(before), 20_000);
    await resultsOf([picture(PNG)]);
  });
});

test("the place in the queue is told while a worker is busy", async () => {
  const busy = await openServer(redisUrl());
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  const slow = new Worker("thumbnails", () => ended, {
    connection: { url: redisUrl() },
    prefix: busy.prefix,
  });
  try {
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push(await sent([picture(PNG)], busy.url));
    await vi.waitFor(async () => {
      const text = (await ask(`${busy.url}/task/${ids[0]}`, { headers: html })).text;
      expect(text).toContain("is reading the picture");
    }, 20_000);
    const pages = await Promise.all(
      ids.map(async (id) => (await ask(`${busy.url}/task/${id}`, { headers: html })).text),
    );
    expect(pages[1]).toContain("Next in the queue");
    expect(pages[2]).toContain("Number 2 in the queue");
    expect(pages[3]).toContain("Number 3 in the queue");
    const list = await ask(`${busy.url}/?${ids.map((id) => `task=${id}`).join("&")}`, {
      headers: html,
    });
    expect(list.text).toContain("<title>(4) Thumbnails</title>");
  } finally {
    end();
    await slow.close();
    await busy.close();
  }
});
