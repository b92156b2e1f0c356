import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance } from "fastify";
import type { JobClient, Storage } from "redis-lab-jobs";
import type { AccessSettings } from "./access/access-settings.js";
import { toRefusedError, sendError } from "./answers.js";
import { allRoutes } from "./all-routes.js";
import { assetRoutes } from "./asset-routes.js";
import { dashboardRoutes } from "./dashboard-routes.js";
import { deleteRoutes } from "./delete-routes.js";
import { RefusedError } from "./errors.js";
import { checkSender } from "./guard.js";
import { healthRoutes, isProbe } from "./health-routes.js";
import { UPLOAD_MS, type Limits } from "./limits.js";
import { mediaRoutes } from "./media-routes.js";
import { PageMetrics } from "./page-metrics.js";
import { SECURITY_HEADERS } from "./security-headers.js";
import { taskRoutes } from "./task-routes.js";
import { thumbnailRoutes } from "./thumbnail-routes.js";
import { tusRoutes } from "./tus/tus-routes.js";
import { uploadRoutes } from "./upload-routes.js";

export interface AppOptions extends AccessSettings {
  readonly client: JobClient;
  readonly storage: Storage;
  /** The host to listen at; only requests to it, or to this machine's own names, are answered. */
  readonly host: string;
  readonly limits: Limits;
  /** Takes what went wrong, for a person to read. */
  readonly log: (line: string) => void;
  /** What keeps the page from taking pictures, in a few words; undefined when nothing does. */
  readonly trouble?: () => string | undefined;
}

/** The web server, not listening yet. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { host, limits, log, publicUrl, trustProxy } = options;
  const app = fastify({
    requestTimeout: UPLOAD_MS,
    // Nothing that a sender says of itself counts, unless it comes by a proxy that is known.
    trustProxy:
      typeof trustProxy === "number" ? (_address, hop) => hop < trustProxy : (trustProxy ?? false),
    // A path of the results may be put behind an address that ends in a slash.
    routerOptions: { ignoreDuplicateSlashes: true },
    // Of the dashboard's requests; forms have limits of their own.
    bodyLimit: 100_000,
    // Also for URLs that cannot be read, which come before any route.
    frameworkErrors: (error, request, reply) => void sendError(request, reply, error),
  });
  app.setErrorHandler((error, request, reply) => {
    const refused = toRefusedError(error);
    if (refused.statusCode === 500) log(`${request.method} ${request.url}: ${stackOf(error)}`);
    return sendError(request, reply, refused);
  });

  await app.register(helmet, SECURITY_HEADERS);
  await app.register(cookie);
  app.addHook("onRequest", async (request) => {
    if (!isProbe(request.url)) checkSender(request, host, publicUrl);
  });
  await app.register(rateLimit, {
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { after }) =>
      new RefusedError(429, `Too many requests in one minute. Try again in ${after}.`),
  });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) =>
    sendError(request, reply, new RefusedError(404, "There is no page at this address.")),
  );
  const metrics = new PageMetrics(options.client);
  app.addHook("onResponse", async ({ method, routeOptions }, { statusCode, elapsedTime }) =>
    metrics.count(method, routeOptions.url ?? "none", statusCode, elapsedTime / 1000),
  );
  await app.register((scope) => healthRoutes(scope, options, metrics));
  for (const routes of [
    uploadRoutes,
    tusRoutes,
    taskRoutes,
    mediaRoutes,
    assetRoutes,
    dashboardRoutes,
    thumbnailRoutes,
    allRoutes,
    deleteRoutes,
  ]) {
    await app.register((scope) => routes(scope, options));
  }
  return app;
}

const stackOf = (error: unknown) => (error instanceof Error ? error.stack : String(error));
