import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { spend } from "./access/quota.js";
import { giveSession, sessionOf, tasksOf } from "./access/session.js";
import { traced } from "redis-lab-jobs";
import { preferred, sendHtml } from "./answers.js";
import { allOf } from "./all-routes.js";
import type { AppOptions } from "./app.js";
import { RefusedError } from "./errors.js";
import { MAX_FIELD_BYTES, MAX_FIELDS, MAX_TASKS } from "./limits.js";
import { page } from "./page.js";
import { acceptedItem, isRunning, taskItem } from "./task-item.js";
import { enqueueAll, readTask, type Accepted, type AcceptedForm } from "./tasks.js";
import { readUpload, removePictures } from "./upload.js";

/**
 * `GET /` is the page, with the tasks that its query names (`?task=ID&task=ID`), else those that the
 * visitor has sent.
 *
 * `POST /` takes a form: `image_file`, one or more pictures, and `sizes`, such as `128x128`, any
 * number of times. A browser is sent on to a page. A program (`Accept: application/json`) gets 202 and
 * `{task_id, task_status}`; for several pictures these are the first one's, and `tasks` has, for each
 * in order, `{name, task_id, task_status}`, or `{name, error}` for one that was refused. `form_id` is
 * then the task of the form, which is done when all its pictures are. When all are refused the status is
 * that of the first one's error.
 */
export async function uploadRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  const { client, limits } = options;
  await app.register(multipart, {
    // The size of a file is watched while it is stored; the parser has to let its end be seen.
    throwFileSizeLimit: false,
    limits: {
      fileSize: limits.fileBytes + 1,
      files: limits.files,
      fields: MAX_FIELDS,
      parts: limits.files + MAX_FIELDS,
      fieldSize: MAX_FIELD_BYTES,
      fieldNameSize: 100,
      headerPairs: 20,
    },
  });

  app.get<{ Querystring: { task?: string | string[] } }>("/", async (request, reply) => {
    const session = giveSession(request, reply, options.publicUrl);
    const named = [request.query.task ?? (await tasksOf(client, sessionOf(request)))].flat();
    const ids = [...new Set(named)].slice(0, MAX_TASKS);
    const tasks = await Promise.all(ids.map((id) => readTask(client, id, session)));
    const items = tasks.map(taskItem);
    const open = tasks.filter(isRunning).length;
    return sendHtml(reply, 200, page({ limits, items, open, allUrl: allOf(tasks) }));
  });

  const maxBytes = limits.files * limits.fileBytes + 1_000_000;
  app.post("/", {
    config: { rateLimit: { max: limits.uploadsPerMinute, timeWindow: 60_000 } },
    onRequest: async (request: FastifyRequest) => {
      if (Number(request.headers["content-length"] ?? 0) > maxBytes) {
        throw new RefusedError(413, "That is too much at once. Send fewer or smaller pictures.");
      }
    },
    handler: async (request, reply) =>
      traced("upload", {}, () => take(request, reply), request.headers),
  });

  async function take(request: FastifyRequest, reply: FastifyReply) {
    const kind = preferred(request, "html");
    try {
      const upload = await readUpload(request, options);
      const { pictures, bytes } = upload;
      await spend(client, request, options.quota, { pictures: pictures.length, bytes }).catch(
        async (error: unknown) => {
          await removePictures(pictures, options);
          throw error;
        },
      );
      const session = sessionOf(request);
      const form = await enqueueAll(client, pictures, upload, { ...options, session });
      return kind === "json" ? sendTasks(reply, form) : sendList(reply, form.accepted);
    } catch (error) {
      // An error about one field is shown beside it.
      if (kind === "json" || !(error instanceof RefusedError) || !error.field) throw error;
      return sendHtml(reply, error.statusCode, page({ limits, problem: error }));
    }
  }

  function sendList(reply: FastifyReply, accepted: readonly Accepted[]) {
    const ids = accepted.flatMap((one) => idOf(one) ?? []);
    const listUrl = listOf(ids);
    const isAny = accepted.some((one) => "id" in one);
    // What was refused is in the list, too; when nothing else is, the status tells it.
    if (isAny && ids.length === accepted.length) return reply.redirect(listUrl, 303);
    return sendHtml(
      reply,
      statusOf(accepted),
      page({
        limits,
        items: accepted.map(acceptedItem),
        listUrl: ids.length > 0 ? listUrl : undefined,
      }),
    );
  }
}

const idOf = (one: Accepted) => ("id" in one ? one.id : one.refusedId);

/** Where a browser sees these tasks. */
const listOf = (ids: readonly string[]): string =>
  ids.length === 1 ? `/task/${ids[0]}` : `/?${ids.map((id) => `task=${id}`).join("&")}`;

/** 202 when any was accepted, else the status of the first refusal. */
function statusOf(accepted: readonly Accepted[]): number {
  if (accepted.some((one) => "id" in one)) return 202;
  const [first] = accepted;
  return first && "refused" in first ? first.refused.statusCode : 400;
}

function sendTasks(reply: FastifyReply, { accepted, formId }: AcceptedForm) {
  const tasks = accepted.map((one) =>
    "id" in one
      ? { name: one.name, task_id: one.id, task_status: "PENDING" }
      : { name: one.name, error: one.refused.message },
  );
  const first = accepted.find((one) => "id" in one);
  const several = accepted.length > 1 && { tasks, ...(formId && { form_id: formId }) };
  reply.code(statusOf(accepted)).header("cache-control", "no-store");
  if (first === undefined) {
    const id = accepted[0] && idOf(accepted[0]);
    if (id !== undefined) reply.header("location", `/task/${id}`);
    return reply.send({ error: tasks[0]?.error, ...several });
  }
  reply.header("location", `/task/${first.id}`);
  return reply.send({ task_id: first.id, task_status: "PENDING", ...several });
}
