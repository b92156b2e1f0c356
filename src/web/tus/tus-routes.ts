import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { guardedFolder, type GuardedFolder } from "guarded-processes/guarded-process";
import { removeFolder } from "guarded-processes/temporary-folder";
import { FolderStorage, UPLOADS } from "redis-lab-jobs";
import { spend } from "../access/quota.js";
import { mayUse, sessionOf } from "../access/session.js";
import type { AppOptions } from "../app.js";
import { RefusedError } from "../errors.js";
import { openTus, type Tus } from "./tus-server.js";

const TYPE = "application/offset+octet-stream";

/**
 * `/uploads` takes one picture in parts, by the tus protocol: `POST` with `Upload-Length` and
 * `Upload-Metadata` (filename, sizes, fit, format, quality, animated) begins, `PATCH` goes on, `HEAD`
 * tells how much has come, `DELETE` gives up. The id at the end of `Location` is that of the task that
 * it becomes.
 */
export async function tusRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  const { client, limits, quota, storage } = options;
  // It reads the body by itself.
  app.addContentTypeParser(TYPE, (_request, _body, done) => done(null));
  let opening: Promise<Tus> | undefined;
  let ownFolder: GuardedFolder | undefined;
  // Only when it is wanted. All pages of a folder can go on with what one began; those of a bucket keep
  // it to themselves until it is whole.
  const open = async (): Promise<Tus> => {
    if (storage instanceof FolderStorage) return openTus(app, join(storage.root, UPLOADS), options);
    ownFolder ??= guardedFolder("redis-lab-uploads");
    return openTus(app, ownFolder.path, options);
  };
  app.addHook("onClose", async () => {
    await opening?.catch(() => {});
    if (ownFolder === undefined) return;
    await removeFolder(ownFolder.path);
    await ownFolder.release();
  });

  const handle = async (request: FastifyRequest, reply: FastifyReply) => {
    opening ??= open();
    // Another time there may be room for its folder.
    const tus = await opening.catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    await tus.handle(request.raw, reply.raw);
  };

  app.post("/uploads", {
    config: { rateLimit: { max: limits.uploadsPerMinute, timeWindow: 60_000 } },
    preHandler: async (request) => {
      const bytes = Number(request.headers["upload-length"]);
      // What cannot be begun is for the library to refuse.
      if (!(bytes >= 0 && bytes <= limits.fileBytes)) return;
      await spend(client, request, quota, { pictures: 1, bytes });
    },
    handler: handle,
  });
  app.options("/uploads", handle);
  app.route<{ Params: { id: string } }>({
    method: ["HEAD", "PATCH", "DELETE", "OPTIONS"],
    url: "/uploads/:id",
    preHandler: async (request) => {
      if (!mayUse(sessionOf(request), request.params.id)) {
        throw new RefusedError(404, "There is no such upload. Begin again.");
      }
    },
    handler: handle,
  });
}
