import type { RedisTarget } from "./redis-target.js";
import { TROUBLE_RULES } from "./trouble-rules.js";

/** What is the matter with Redis, in words. */
export interface RedisTrouble {
  readonly kind: TroubleKind;
  /** For someone who only uses the page: `Redis is read-only`. */
  readonly brief: string;
  /** For someone who runs it: what is the matter, where, and which setting to change. */
  readonly sentence: string;
  /** After "Redis": what is the matter. */
  readonly says: string;
  /** What to change. */
  readonly fix: string;
  /** The client's or the server's own words. */
  readonly reason: string;
  /** It may be over by itself, or by someone at the server; else only other settings help. */
  readonly mayPass: boolean;
}

export type TroubleKind =
  | "away"
  | "loading"
  | "read-only"
  | "no memory"
  | "no disk"
  | "too many clients"
  | "too few replicas"
  | "busy"
  | "cluster down"
  | "password"
  | "permission"
  | "database"
  | "tls"
  | "cluster"
  | "sentinel"
  | "not redis"
  | "too old"
  | "refused";

/**
 * Tells what an error of the client or of the server means.
 *
 * @returns undefined for an error that is not about Redis as a whole, such as a wrong argument
 */
export function troubleOf(
  error: unknown,
  { shown }: Pick<RedisTarget, "shown">,
): RedisTrouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const text = reasonOf(error);
  const rule = TROUBLE_RULES.find(({ pattern }) => pattern.test(text));
  if (rule === undefined) return undefined;
  const { kind, brief, says, fix, mayPass = false } = rule;
  const reason = text.replace(/\.$/, "").slice(0, 200);
  const sentence = `Redis at ${shown} ${says} (${reason}). ${fix}`;
  return { kind, brief, says, fix, reason, sentence, mayPass };
}

/** A host of several addresses fails with several errors and no message. */
export function reasonOf(error: unknown): string {
  const { message, code, cause, errors, lastNodeError } = error as NodeJS.ErrnoException & {
    errors?: Error[];
    lastNodeError?: Error;
  };
  const inner = lastNodeError ?? errors?.[0];
  if (inner !== undefined && (message === "" || lastNodeError !== undefined))
    return reasonOf(inner);
  if (message && code && !message.includes(code)) return `${code}: ${message}`;
  return message || code || (cause === undefined ? "no connection" : reasonOf(cause));
}
