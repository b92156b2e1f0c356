import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { ZipArchive } from "archiver";
import type { FastifyInstance } from "fastify";
import {
  allArchives,
  archiveOf,
  readZipHeader,
  ZIP_HEADER_BYTES,
  type StoredFile,
  type TaskResults,
  type ZipHeader,
} from "redis-lab-jobs";
import { mayUse, sessionOf } from "./access/session.js";
import type { AppOptions } from "./app.js";
import { RefusedError } from "./errors.js";
import { MAX_TASKS } from "./limits.js";
import { isTaskId, type Task } from "./tasks.js";
import { resultOf } from "./thumbnail-routes.js";

interface Archive {
  readonly archive: StoredFile;
  /** Where each of its entries is. */
  readonly parts: readonly ZipHeader[];
}

/** Leads to the archives of finished tasks in one; undefined where there are less than two. */
export function allOf(tasks: readonly Task[]): string | undefined {
  const done = tasks.filter(({ status }) => isOfPicture(status?.results));
  return done.length < 2 ? undefined : (allArchives(done.map(({ id }) => id)) ?? undefined);
}

const isOfPicture = (results?: TaskResults | null) =>
  typeof results === "object" && results !== null && "thumbnails" in results;

/** `GET /media/all.zip?task=ID&task=ID` sends what the tasks' archives hold, a folder for each. */
export async function allRoutes(app: FastifyInstance, { client, storage, log }: AppOptions) {
  app.get<{ Querystring: { task?: string | string[] } }>(
    "/media/all.zip",
    async (request, reply) => {
      const session = sessionOf(request);
      const named = new Set([request.query.task ?? []].flat());
      const ids = [...named].filter((id) => isTaskId(id) && mayUse(session, id));
      const found: Archive[] = [];
      for (const id of ids.slice(0, MAX_TASKS)) {
        const result = await resultOf(client, id);
        const archive = result && (await storage.find(archiveOf(id)));
        if (!archive) continue;
        const rest = result.thumbnails.map((one) => ({ ...one, start: one.offset }));
        found.push({ archive, parts: [await firstPart(archive), ...rest] });
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
async function firstPart(archive: StoredFile): Promise<ZipHeader> {
  const head = { start: 0, end: ZIP_HEADER_BYTES - 1 };
  return readZipHeader(await buffer(await archive.stream(head)));
}

async function fill(zip: ZipArchive, archives: readonly Archive[]): Promise<void> {
  const taken = new Set<string>();
  // The visitor may leave half way.
  const closed = once(zip, "close").catch(() => {});
  for (const { archive, parts } of archives) {
    const stem = parts[0]?.name.replace(/\.[^.]{1,5}$/, "") ?? "";
    let folder = stem;
    for (let i = 2; taken.has(folder.toLowerCase()); i++) folder = `${stem}-${i}`;
    taken.add(folder.toLowerCase());
    for (const { name, start, bytes } of parts) {
      const content = await archive.stream({ start, end: start + bytes - 1 });
      const written = once(zip, "entry");
      zip.append(content, { name: `${folder}/${name}` });
      await Promise.race([written, closed]);
      if (zip.destroyed) return void content.destroy();
    }
  }
  await zip.finalize();
}
