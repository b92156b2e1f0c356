import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** This package's folder, from its sources as from what is built of them. */
const folder = dirname(createRequire(import.meta.url).resolve("redis-lab-web/package.json"));

/** The page's style and icon as they are written, and its scripts as the build makes them. */
export async function assetRoutes(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: [join(folder, "client"), join(folder, "dist", "client")],
    prefix: "/assets/",
    allowedPath: (path) => /^\/[\w-]+\.(css|js|svg)$/.test(path),
    index: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply) => void reply.header("cache-control", "no-cache"),
  });
}
