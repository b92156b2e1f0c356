import type { FastifyInstance } from "fastify";
import { sessionOf } from "./access/session.js";
import { preferred, sendHtml } from "./answers.js";
import type { AppOptions } from "./app.js";
import { RefusedError } from "./errors.js";
import { page } from "./page.js";
import { isRunning, taskItem } from "./task-item.js";
import { readTask } from "./tasks.js";

/**
 * `GET /task/:id` tells how a task is doing: `{task_id, task_status, progress, results, error}` (see
 * `TaskStatus`), or a page for a browser, which looks again by itself while the task runs. An id that
 * is not known, or not known any more, is 404.
 */
export async function taskRoutes(app: FastifyInstance, { client, limits }: AppOptions) {
  app.get<{ Params: { id: string } }>("/task/:id", async (request, reply) => {
    const task = await readTask(client, request.params.id, sessionOf(request));
    if (task.status === undefined) {
      throw new RefusedError(
        404,
        "There is no such task. Finished ones are forgotten after a day.",
      );
    }
    if (preferred(request, "json") === "json") {
      return reply.header("cache-control", "no-store").send(task.status);
    }
    const items = [taskItem(task)];
    return sendHtml(reply, 200, page({ limits, items, open: isRunning(task) ? 1 : 0 }));
  });
}
