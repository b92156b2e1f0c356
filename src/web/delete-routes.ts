import type { FastifyInstance, FastifyRequest } from "fastify";
import { archiveOf, takeOut, type PayloadOf } from "redis-lab-jobs";
import { forgetTask, mayUse, sessionOf } from "./access/session.js";
import { answered } from "./answered.js";
import type { AppOptions } from "./app.js";
import { RefusedError } from "./errors.js";
import { isTaskId } from "./tasks.js";

/**
 * `DELETE /task/:id` takes a task out of the queue, also one that a worker is at, and removes its
 * files: 204, or 404 for one that is not known. `POST /task/:id/delete` does so for a form, and leads
 * back to the page.
 */
export async function deleteRoutes(app: FastifyInstance, { client, storage }: AppOptions) {
  // Browsers name this type for a form without fields.
  const type = "application/x-www-form-urlencoded";
  app.addContentTypeParser(type, { parseAs: "string" }, (_request, _body, done) => done(null, {}));
  const remove = async (request: FastifyRequest, id: string) => {
    const session = sessionOf(request);
    const isOwn = isTaskId(id) && mayUse(session, id);
    const data = isOwn ? await answered(takeOut(client, id)) : undefined;
    if (data === undefined) {
      throw new RefusedError(404, "There is no such task. It may be removed already.");
    }
    // With a form go its pictures.
    const { tasks = [] } = data as Partial<PayloadOf<"gather-form">>;
    for (const one of tasks) await remove(request, one).catch(unlessGone);
    const { file } = data as { file?: unknown };
    if (typeof file === "string") await storage.remove(file);
    await storage.remove(archiveOf(id));
    await forgetTask(client, session, id);
  };

  app.delete<{ Params: { id: string } }>("/task/:id", async (request, reply) => {
    await remove(request, request.params.id);
    return reply.code(204).send();
  });

  app.post<{ Params: { id: string } }>("/task/:id/delete", async (request, reply) => {
    await remove(request, request.params.id);
    return reply.redirect(backTo(request.headers.referer, request.params.id), 303);
  });
}

function unlessGone(error: unknown): void {
  if (!(error instanceof RefusedError)) throw error;
}

/** The list that the form was in, without the task. */
function backTo(referer: string | undefined, id: string): string {
  const ids = [...(referer ?? "").matchAll(/[?&]task=([\da-f-]{36})/g)].map(([, one]) => one);
  const rest = ids.filter((one) => one !== id);
  return rest.length === 0 ? "/" : `/?${rest.map((one) => `task=${one}`).join("&")}`;
}
