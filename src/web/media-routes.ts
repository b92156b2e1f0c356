import { access } from "node:fs/promises";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { archiveOf, mediaPath, type JobClient } from "redis-lab-jobs";
import type { AppOptions } from "./app.js";
import { RefusedError } from "./errors.js";
import { archiveName } from "./file-name.js";
import { isTaskId, pictureName } from "./tasks.js";

/**
 * `GET /media/archives/ID.zip` downloads a finished archive. Nothing else of the media folder can be
 * had: its path is made from the id alone, which is checked.
 */
export async function mediaRoutes(app: FastifyInstance, { client, mediaRoot }: AppOptions) {
  await app.register(fastifyStatic, { root: mediaRoot, serve: false, cacheControl: false });

  app.get<{ Params: { file: string } }>("/media/archives/:file", async (request, reply) => {
    const id = request.params.file.replace(/\.zip$/, "");
    const archive = archiveOf(id);
    const isOne = isTaskId(id) && archive.endsWith(`/${request.params.file}`);
    if (!isOne || !(await exists(mediaPath(mediaRoot, archive)))) {
      throw new RefusedError(404, "There is no such archive. It is removed after a day.");
    }
    reply.header("cache-control", "private, no-cache");
    return reply.download(archive, archiveName(await nameOf(client, id)));
  });
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** The download works without Redis, too; it has a plain name then. */
const nameOf = async (client: JobClient, id: string): Promise<string> =>
  (await pictureName(client, id).catch(() => undefined)) ?? "thumbnails";
