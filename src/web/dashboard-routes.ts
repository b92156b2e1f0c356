import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { FastifyAdapter } from "@bull-board/fastify";
import type { FastifyInstance } from "fastify";
import { QUEUE_NAMES, UPKEEP } from "redis-lab-jobs";
import { checkInsider } from "./access/dashboard-lock.js";
import { sendError } from "./answers.js";
import type { AppOptions } from "./app.js";
import { QueueAwayError, RefusedError } from "./errors.js";
import { DASHBOARD_POLICY } from "./security-headers.js";
import { answered } from "./answered.js";

const PREFIX = "/queues";
/** The policy would refuse them anyway, loudly; nobody's browser needs to ask another company. */
const FOREIGN_FONTS = /<link href="https:\/\/fonts\.[^>]*>/;

/** The queues for a person to look into, to retry and to remove jobs: bull-board. */
export async function dashboardRoutes(app: FastifyInstance, options: AppOptions) {
  const { client } = options;
  const adapter = new FastifyAdapter().setBasePath(PREFIX);
  const queues = ([...QUEUE_NAMES, UPKEEP] as const).map((name) => client.queue(name));
  const readOnlyMode = options.queuesReadOnly === true;
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode })),
    serverAdapter: adapter,
    options: {
      uiConfig: { boardTitle: "Queues", miscLinks: [{ text: "Upload page", url: "/" }] },
    },
  });
  app.addHook("onRoute", (route) => {
    // What helmet would make of the route's option `helmet`, had it not looked at it before.
    const helmet = { contentSecurityPolicy: DASHBOARD_POLICY };
    route.config = Object.assign({}, route.config, { helmet });
  });
  app.addHook("onRequest", async (request, reply) => {
    checkInsider(request, reply, options);
    if (readOnlyMode && request.method !== "GET" && request.method !== "HEAD") {
      throw new RefusedError(403, "This dashboard only shows: QUEUES_READ_ONLY is set.");
    }
  });
  app.addHook("preHandler", async (request, reply) => {
    if (!request.url.startsWith(`${PREFIX}/api/`)) return;
    try {
      await Promise.all(queues.map((queue) => answered(queue.isPaused())));
    } catch (error) {
      // Not thrown: the dashboard would tell the client library's words.
      return sendError(request, reply, new QueueAwayError({ cause: error }));
    }
  });
  app.addHook("onSend", async (_request, reply, payload) => {
    const isPage = String(reply.getHeader("content-type")).startsWith("text/html");
    return isPage && typeof payload === "string" ? payload.replace(FOREIGN_FONTS, "") : payload;
  });
  await app.register(adapter.registerPlugin(), { prefix: PREFIX });
}
