import { mkdir } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import type { FastifyInstance } from "fastify";
import { traced } from "redis-lab-jobs";
import { newTaskId, sessionFrom } from "../access/session.js";
import { toRefusedError } from "../answers.js";
import type { AppOptions } from "../app.js";
import { RefusedError } from "../errors.js";
import { finishUpload, wishOf } from "./finish-upload.js";

/** An upload that nobody goes on with is forgotten after so long, in milliseconds. */
const FORGET_MS = 24 * 3600_000;

export interface Tus {
  handle(request: IncomingMessage, response: ServerResponse): Promise<unknown>;
}

/**
 * Opens the tus server on a folder, which is made.
 *
 * @throws {Error} when the folder cannot be made
 */
export async function openTus(
  app: FastifyInstance,
  directory: string,
  options: AppOptions,
): Promise<Tus> {
  // The store makes it as well, but ends the process when it cannot.
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const store = new FileStore({ directory, expirationPeriodInMilliseconds: FORGET_MS });
  const session = (headers: Headers) => sessionFrom(app.parseCookie(headers.get("cookie") ?? ""));
  return new Server({
    path: "/uploads",
    datastore: store,
    relativeLocation: true,
    maxSize: options.limits.fileBytes,
    // No other site's page may read an answer.
    allowedOrigins: [],
    namingFunction: ({ headers }) => newTaskId(session(headers)),
    onUploadCreate: async (_request, { metadata }) => {
      // Wrong wishes are told before anything is sent.
      refusing(() => wishOf(metadata));
      return {};
    },
    onUploadFinish: async ({ headers }, { id, metadata, size = 0 }) => {
      const upload = {
        id,
        metadata,
        session: session(headers),
        content: store.read(id),
        bytes: size,
      };
      const finish = () => finishUpload(upload, options);
      const from = Object.fromEntries(headers.entries());
      await traced("upload", {}, finish, from).catch(async (error: unknown) => {
        // What may go better later stays, for an empty PATCH.
        if (toRefusedError(error).statusCode < 500) await store.remove(id).catch(() => {});
        refusing(() => {
          throw error;
        });
      });
      await store.remove(id).catch(() => {});
      return { headers: { "Content-Location": `/task/${id}` } };
    },
    onResponseError: (_request, error) => {
      if (!(error instanceof Error)) return undefined;
      const refused = toRefusedError(error);
      const { statusCode } = refused;
      if (statusCode === 500) options.log(`/uploads: ${error.stack}`);
      return { status_code: statusCode, body: bodyOf(refused) };
    },
  });
}

const bodyOf = ({ message, field }: RefusedError) =>
  `${JSON.stringify({ error: message, ...(field && { field }) })}\n`;

/** The library tells what has a status and a body of its own. */
function refusing(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    const refused = toRefusedError(error);
    if (refused.statusCode === 500) throw error;
    const { statusCode, message } = refused;
    throw Object.assign(new RefusedError(statusCode, message, refused.field, { cause: error }), {
      status_code: statusCode,
      body: bodyOf(refused),
    });
  }
}
