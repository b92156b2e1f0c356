import { RedisUrlError } from "../errors.js";

interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is, as REDIS_URL tells it. */
export type RedisTarget = {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly db: number;
  readonly tls: boolean;
  /** Fit to be shown: without user and password. */
  readonly shown: string;
} & (
  | ({ readonly kind: "server" } & HostPort)
  | { readonly kind: "socket"; readonly path: string }
  | { readonly kind: "cluster"; readonly nodes: readonly HostPort[] }
  | {
      readonly kind: "sentinel";
      readonly sentinels: readonly HostPort[];
      /** What the sentinels call the master. */
      readonly name: string;
      readonly sentinelUsername: string | undefined;
      readonly sentinelPassword: string | undefined;
    }
);

const KINDS: Readonly<Record<string, { kind: RedisTarget["kind"]; tls?: true }>> = {
  redis: { kind: "server" },
  rediss: { kind: "server", tls: true },
  unix: { kind: "socket" },
  "redis+unix": { kind: "socket" },
  "redis+socket": { kind: "socket" },
  "redis-socket": { kind: "socket" },
  "redis+cluster": { kind: "cluster" },
  "rediss+cluster": { kind: "cluster", tls: true },
  "redis+sentinel": { kind: "sentinel" },
  "redis-sentinel": { kind: "sentinel" },
  "rediss+sentinel": { kind: "sentinel", tls: true },
  "rediss-sentinel": { kind: "sentinel", tls: true },
};
const PARAMETERS = ["db", "name", "sentinelUsername", "sentinelPassword"] as const;
type Refuse = (reason: string) => RedisUrlError;
type Parameters = Partial<Record<(typeof PARAMETERS)[number], string>>;

/** What a URL consists of; a password may hold anything, so the last `@` counts. */
interface Parts {
  readonly scheme: string;
  readonly user: string | undefined;
  readonly hosts: string;
  readonly path: string;
  readonly parameters: Parameters;
}

/**
 * Reads REDIS_URL in all its forms; nothing is asked of the network.
 *
 * @throws {RedisUrlError} says which part cannot be used, without the password
 */
export function parseRedisUrl(text: string): RedisTarget {
  const trimmed = text.trim();
  if (trimmed === "") throw new RedisUrlError("", "it is empty");
  const refuse = (reason: string) => new RedisUrlError(withoutPassword(trimmed), reason);
  if (/^\.{0,2}\//.test(trimmed)) return socket(trimmed, {}, undefined, refuse);
  const { scheme, user, hosts, path, parameters } = split(trimmed, refuse);
  const { kind, tls = false } = KINDS[scheme] ?? {};
  if (kind === undefined) throw refuse(`${scheme}:// is not a scheme of Redis`);
  const { username, password } = credentials(user);
  if (kind === "socket") return socket(decoded(hosts + path), parameters, user, refuse);
  const nodes = hosts.split(/[\s,]+/).map((node) => hostPort(node, kind, refuse));
  const secrets = { username, password, tls };
  if (kind === "sentinel") {
    const { name, db } = masterName(path, parameters, refuse);
    const { sentinelUsername, sentinelPassword } = parameters;
    const shown = `${listOf(nodes)}, master ${name}`;
    const more = { sentinels: nodes, name, sentinelUsername, sentinelPassword, shown };
    return { kind, ...secrets, ...more, db: database(db ?? parameters.db, refuse) };
  }
  const db = database(path.slice(1) || parameters.db, refuse);
  const [first = { host: "127.0.0.1", port: 6379 }, ...others] = nodes;
  if (kind === "server" && others.length === 0) {
    return { kind, ...secrets, ...first, db, shown: listOf([first]) };
  }
  if (db !== 0) throw refuse("a Redis Cluster has no database but 0: leave the number out");
  return { kind: "cluster", ...secrets, nodes, db, shown: listOf(nodes) };
}

/** Fit to be shown; made for text that may be no URL at all. */
export function withoutPassword(text: string): string {
  return text
    .replace(/(\/\/[^:/@,]*:).*@/g, "$1***@")
    .replace(/(sentinelPassword=)[^&#]*/g, "$1***");
}

function split(text: string, refuse: Refuse): Parts {
  const scheme = schemeOf(text);
  if (scheme === undefined) {
    const isList = /^[^\s,/@?#]*:\d+([\s,]+[^\s,/@?#]*:\d+)*$/.test(text);
    if (!isList) throw refuse("that is no address of a Redis");
    return { scheme: "redis", user: undefined, hosts: text, path: "", parameters: {} };
  }
  // A list may be one URL with several hosts, or several URLs.
  const urls = text.split(/[\s,]+(?=[a-z][a-z+-]*:\/\/)/i).map((url) => {
    if (schemeOf(url) !== scheme) throw refuse("its nodes have several schemes");
    const [, user, hosts = "", path = "", query = "", hash = ""] =
      /^[\w+-]+:\/\/(?:(.*)@)?([^/?#]*)(\/[^?#]*)?(\?[^#]*)?(#.*)?$/s.exec(url) ?? [];
    return { user, hosts, path: path === "/" ? "" : path, query, hash };
  });
  const firstOf = (part: "user" | "path" | "query" | "hash") =>
    urls.map((url) => url[part]).find((value) => value);
  const parameters: Record<string, string> = Object.fromEntries(
    new URLSearchParams(firstOf("query")),
  );
  const hash = firstOf("hash");
  if (hash !== undefined) parameters["name"] ??= hash.slice(1);
  const unknown = Object.keys(parameters).find((name) => !PARAMETERS.includes(name as "db"));
  if (unknown !== undefined) {
    throw refuse(`it has no parameter "${unknown}", only ${PARAMETERS.join(", ")}`);
  }
  const hosts = urls.map((url) => url.hosts).join(",");
  return { scheme, user: firstOf("user"), hosts, path: firstOf("path") ?? "", parameters };
}

const schemeOf = (text: string) => /^([a-z][\w+-]*):\/\//i.exec(text)?.[1]?.toLowerCase();

function hostPort(text: string, kind: RedisTarget["kind"], refuse: Refuse): HostPort {
  const match = /^(\[[\da-f:.]+\]|[^:[\]]*)(?::(\d*))?$/i.exec(text);
  if (match === null || /[\s%<>\\^`{|}"']/.test(text))
    throw refuse(`"${text}" is no host and port`);
  const [, host = "", port = ""] = match;
  const number = Number(port || (kind === "sentinel" ? 26_379 : 6379));
  if (number < 1 || number > 65_535) throw refuse(`its port ${port} is not one from 1 to 65535`);
  return { host: host.replace(/^\[|\]$/g, "") || "127.0.0.1", port: number };
}

function socket(
  path: string,
  { db }: Parameters,
  user: string | undefined,
  refuse: Refuse,
): RedisTarget {
  if (path === "" || path === "/") throw refuse("it has no path of a socket");
  const secrets = credentials(user);
  return { kind: "socket", ...secrets, path, db: database(db, refuse), tls: false, shown: path };
}

function masterName(
  path: string,
  parameters: Parameters,
  refuse: Refuse,
): { name: string; db: string | undefined } {
  const [, first = "", second, ...rest] = path.split("/").map(decoded);
  const given = parameters.name;
  if (rest.length > 0) throw refuse("its path is more than /NAME/DB");
  if (given) return { name: given, db: first || undefined };
  if (first === "") throw refuse("it does not tell the master's name: end it with /NAME");
  return { name: first, db: second };
}

function database(text: string | undefined, refuse: Refuse): number {
  const name = (text ?? "0").replace(/\/$/, "");
  if (!/^\d{1,9}$/.test(name)) throw refuse(`its database "${name}" is not a number`);
  return Number(name);
}

function credentials(user: string | undefined) {
  const [, username = "", password] = /^([^:]*)(?::(.*))?$/s.exec(user ?? "") ?? [];
  return {
    username: decoded(username) || undefined,
    password: password === undefined ? undefined : decoded(password) || undefined,
  };
}

/** What is not encoded well is taken as it is: a password may hold a `%`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const listOf = (nodes: readonly HostPort[]): string =>
  nodes
    .map(({ host, port }) => (host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`))
    .join(",");

/** On a cluster all keys of the queues must be in one slot, which braces make of them. */
export function queuePrefix({ kind }: RedisTarget, prefix: string): string {
  return kind === "cluster" && !/\{[^}]+\}/.test(prefix) ? `{${prefix}}` : prefix;
}
