import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { AppOptions } from "./app.js";

/** The page's style and icon as they are written, and its scripts as the build makes them. */
export async function assetRoutes(app: FastifyInstance, { root }: AppOptions): Promise<void> {
  const folder = join("src", "web", "client");
  await app.register(fastifyStatic, {
    root: [join(root, folder), join(root, "dist", folder)],
    prefix: "/assets/",
    allowedPath: (path) => /^\/[\w-]+\.(css|js|svg)$/.test(path),
    index: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply) => void reply.header("cache-control", "no-cache"),
  });
}
