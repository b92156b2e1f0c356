import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { archiveOf, FolderStorage, type JobClient } from "redis-lab-jobs";
import { mayUse, sessionOf } from "./access/session.js";
import type { AppOptions } from "./app.js";
import { RefusedError } from "./errors.js";
import { archiveName } from "./file-name.js";
import { isTaskId, pictureName } from "./tasks.js";

/**
 * `GET /media/archives/ID.zip` downloads a finished archive: from here, or by a link to the bucket that
 * is good for some minutes. Nothing else of the media folder can be
 * had: its path is made from the id alone, which is checked.
 */
export async function mediaRoutes(app: FastifyInstance, { client, storage }: AppOptions) {
  if (storage instanceof FolderStorage) {
    await app.register(fastifyStatic, { root: storage.root, serve: false, cacheControl: false });
  }

  app.get<{ Params: { file: string } }>("/media/archives/:file", async (request, reply) => {
    const id = request.params.file.replace(/\.zip$/, "");
    const archive = archiveOf(id);
    const isOne =
      isTaskId(id) && mayUse(sessionOf(request), id) && archive.endsWith(`/${request.params.file}`);
    if (!isOne || (await storage.find(archive)) === undefined) {
      throw new RefusedError(404, "There is no such archive. It is removed after a day.");
    }
    reply.header("cache-control", "private, no-cache");
    const name = archiveName(await nameOf(client, id));
    const link = await storage.link(archive, name);
    return link === undefined ? reply.download(archive, name) : reply.redirect(link, 302);
  });
}

/** The download works without Redis, too; it has a plain name then. */
const nameOf = async (client: JobClient, id: string): Promise<string> =>
  (await pictureName(client, id).catch(() => undefined)) ?? "thumbnails";
