import type { FastifyInstance } from "fastify";
import { archiveOf, checkResult, type JobClient, type ResultOf } from "redis-lab-jobs";
import { mayUse, sessionOf } from "./access/session.js";
import { answered } from "./answered.js";
import type { AppOptions } from "./app.js";
import { RefusedError } from "./errors.js";
import { isTaskId } from "./tasks.js";

const TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
};

/**
 * `GET /media/archives/ID/NUMBER.EXTENSION` sends one thumbnail, by its `path` in the task's results.
 * It is read out of the archive, where it is stored as it is.
 */
export async function thumbnailRoutes(app: FastifyInstance, { client, storage }: AppOptions) {
  app.get<{ Params: { id: string; file: string } }>(
    "/media/archives/:id/:file",
    async (request, reply) => {
      const { id, file } = request.params;
      const [, number = "0", extension = ""] = /^(\d{1,2})\.([a-z]+)$/.exec(file) ?? [];
      const made =
        isTaskId(id) && mayUse(sessionOf(request), id) ? await resultOf(client, id) : undefined;
      const thumbnail = made?.thumbnails[Number(number) - 1];
      const type = TYPES[extension];
      const isNamed = thumbnail?.name.endsWith(`.${extension}`);
      const archive = isNamed && type ? await storage.find(archiveOf(id)) : undefined;
      if (archive === undefined || thumbnail === undefined || type === undefined) {
        throw new RefusedError(404, "There is no such thumbnail. It is removed after a day.");
      }
      const { offset, bytes, name } = thumbnail;
      const body = await archive.stream({ start: offset, end: offset + bytes - 1 });
      return reply
        .type(type)
        .header("content-length", bytes)
        .header("cache-control", "private, max-age=3600")
        .header("content-disposition", `inline; filename*=UTF-8''${encoded(name)}`)
        .send(body);
    },
  );
}

/** Undefined for what has not succeeded, or is forgotten. */
export async function resultOf(
  client: JobClient,
  id: string,
): Promise<ResultOf<"make-thumbnails"> | undefined> {
  const job = await answered(client.queue("thumbnails").getJob(id));
  if (!job?.finishedOn || job.failedReason) return undefined;
  return checkResult("make-thumbnails", job.returnvalue);
}

const encoded = (name: string) => encodeURIComponent(name).replace(/['()*]/g, escape);
