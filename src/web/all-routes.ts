import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { ZipArchive } from "archiver";
import type { FastifyInstance } from "fastify";
import { archiveOf, type StoredFile } from "redis-lab-jobs";
import { mayUse, sessionOf } from "./access/session.js";
import type { AppOptions } from "./app.js";
import { RefusedError } from "./errors.js";
import { MAX_TASKS } from "./limits.js";
import { isTaskId, type Task } from "./tasks.js";
import { resultOf } from "./thumbnail-routes.js";

interface Part {
  readonly name: string;
  readonly start: number;
  readonly bytes: number;
}

/** Bytes before an entry's name in a zip. */
const HEADER = 30;

/** Leads to the archives of finished tasks in one; undefined where there are less than two. */
export function allOf(tasks: readonly Task[]): string | undefined {
  const done = tasks.filter(({ status }) => typeof status?.results === "object" && status.results);
  return done.length < 2
    ? undefined
    : `/media/all.zip?${done.map(({ id }) => `task=${id}`).join("&")}`;
}

/** `GET /media/all.zip?task=ID&task=ID` sends what the tasks' archives hold, a folder for each. */
export async function allRoutes(app: FastifyInstance, { client, storage, log }: AppOptions) {
  app.get<{ Querystring: { task?: string | string[] } }>(
    "/media/all.zip",
    async (request, reply) => {
      const session = sessionOf(request);
      const named = new Set([request.query.task ?? []].flat());
      const ids = [...named].filter((id) => isTaskId(id) && mayUse(session, id));
      const found: { archive: StoredFile; parts: Part[] }[] = [];
      for (const id of ids.slice(0, MAX_TASKS)) {
        const result = await resultOf(client, id);
        const archive = result && (await storage.find(archiveOf(id)));
        if (!archive) continue;
        const { start, bytes, name } = await firstPart(archive);
        const rest = result.thumbnails.map((one) => ({ ...one, start: one.offset }));
        found.push({ archive, parts: [{ start, bytes, name }, ...rest] });
      }
      if (found.length === 0) {
        throw new RefusedError(404, "There are no such archives. They are removed after a day.");
      }
      const zip = new ZipArchive({ store: true });
      void fill(zip, found).catch((error: unknown) => {
        log(`${request.url}: ${String(error)}`);
        zip.destroy(error as Error);
      });
      return reply
        .type("application/zip")
        .header("cache-control", "no-store")
        .header("content-disposition", 'attachment; filename="thumbnails.zip"')
        .send(zip);
    },
  );
}

/** The original, whose place the results do not tell. */
async function firstPart(archive: StoredFile): Promise<Part> {
  const head = await buffer(await archive.stream({ start: 0, end: HEADER + 300 }));
  const [bytes, length] = [head.readUInt32LE(22), head.readUInt16LE(26)];
  const start = HEADER + length + head.readUInt16LE(28);
  return { name: head.toString("utf8", HEADER, HEADER + length), start, bytes };
}

async function fill(
  zip: ZipArchive,
  archives: readonly { archive: StoredFile; parts: readonly Part[] }[],
): Promise<void> {
  const taken = new Set<string>();
  for (const { archive, parts } of archives) {
    const stem = parts[0]?.name.replace(/\.[^.]{1,5}$/, "") ?? "";
    let folder = stem;
    for (let i = 2; taken.has(folder.toLowerCase()); i++) folder = `${stem}-${i}`;
    taken.add(folder.toLowerCase());
    for (const { name, start, bytes } of parts) {
      const content = await archive.stream({ start, end: start + bytes - 1 });
      const written = once(zip, "entry");
      zip.append(content, { name: `${folder}/${name}` });
      await Promise.race([written, once(zip, "close")]);
    }
  }
  await zip.finalize();
}
