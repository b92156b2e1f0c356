import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { KEEP_SECONDS, type JobClient } from "redis-lab-jobs";
import { answered } from "../answered.js";
import { MAX_TASKS } from "../limits.js";

const COOKIE = "redis_lab_session";
const FORM = /^[\w-]{32}$/;
const MAX_AGE = 30 * 24 * 3600;

/**
 * Who a browser is: a random text in a cookie, which scripts do not see and other sites do not send.
 *
 * A task that is sent with it has an id of version 8, whose last part only the session can make; so a
 * task is known to be somebody's without asking Redis. Programs that keep no cookies get ids of
 * version 4, which all who know them may use.
 */
export type Session = string | undefined;

export const sessionOf = ({ cookies }: FastifyRequest): Session => sessionFrom(cookies);

export function sessionFrom(cookies: Readonly<Record<string, string | undefined>>): Session {
  const value = cookies[COOKIE];
  return value !== undefined && FORM.test(value) ? value : undefined;
}

/** Gives a browser a session, unless it has one. */
export function giveSession(
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | undefined,
): Session {
  const known = sessionOf(request);
  if (known !== undefined) return known;
  const secure = request.protocol === "https" || publicUrl?.startsWith("https:") === true;
  const options = { path: "/", httpOnly: true, sameSite: "lax", secure, maxAge: MAX_AGE } as const;
  const fresh = randomBytes(24).toString("base64url");
  reply.setCookie(COOKIE, fresh, options);
  return fresh;
}

/** A new id of a task, which is the session's alone if there is one. */
export function newTaskId(session: Session): string {
  const id = randomUUID();
  if (session === undefined) return id;
  const start = `${id.slice(0, 14)}8${id.slice(15, 24)}`;
  return start + sealOf(session, start);
}

/** Whether a session may see a task, change it, and fetch what came of it. */
export function mayUse(session: Session, id: string): boolean {
  if (id[14] !== "8") return true;
  return session !== undefined && id.slice(24) === sealOf(session, id.slice(0, 24));
}

/** Fit to be kept: nobody gets the cookie from it. */
export const nameOfSession = (session: string): string => hash(session).slice(0, 32);

/** Keeps which tasks a session has, the newest ones first. */
export async function keepTasks(
  { redis, prefix }: JobClient,
  session: Session,
  ids: readonly string[],
): Promise<void> {
  if (session === undefined || ids.length === 0) return;
  const key = listKey(prefix, session);
  await redis
    .multi()
    .lpush(key, ...ids.toReversed())
    .ltrim(key, 0, MAX_TASKS - 1)
    .expire(key, KEEP_SECONDS)
    .exec();
}

/** The tasks of a session, the newest ones first; none while Redis is away. */
export async function tasksOf({ redis, prefix }: JobClient, session: Session): Promise<string[]> {
  if (session === undefined) return [];
  return answered(redis.lrange(listKey(prefix, session), 0, -1)).catch(() => []);
}

export async function forgetTask({ redis, prefix }: JobClient, session: Session, id: string) {
  if (session !== undefined) await redis.lrem(listKey(prefix, session), 0, id);
}

const listKey = (prefix: string, session: string) => `${prefix}:session:${nameOfSession(session)}`;
const sealOf = (session: string, start: string) => hash(`${session} ${start}`).slice(0, 12);
const hash = (text: string) => createHash("sha256").update(text).digest("hex");
