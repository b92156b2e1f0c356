import { availableParallelism } from "node:os";
import { UsageError } from "../errors.js";

export function count(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 1000) {
    throw new UsageError(`--${name} takes a whole number from 1 to 1000, not "${value}".`);
  }
  return number;
}

/** @returns Infinity for no limit */
export function seconds(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (/^(?:none|0)$/i.test(value)) return Infinity;
  // Node's timers end at 2^31 milliseconds; a slow cell has ten times the limit.
  if (value.trim() === "" || !(number > 0 && number <= 200_000)) {
    throw new UsageError(
      `--${name} takes a number of seconds above 0, or none for no limit, not "${value}".`,
    );
  }
  return number;
}

export function readShard(
  value: string | undefined,
): { readonly part: number; readonly of: number } | undefined {
  if (value === undefined) return undefined;
  const [, part = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(value) ?? []).map(Number);
  if (part < 1 || part > of) {
    throw new UsageError(`--shard takes a part and how many there are, as 2/5, not "${value}".`);
  }
  return { part, of };
}

export function readServer(
  url: string | undefined,
  token: string | undefined,
): { readonly url: string; readonly token: string } | undefined {
  if (url === undefined) return undefined;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(
      `--server takes the URL of a Jupyter server, as http://127.0.0.1:8888, not "${url}".`,
    );
  }
  const parsed = new URL(url);
  const found = token ?? parsed.searchParams.get("token") ?? process.env["JUPYTER_TOKEN"] ?? "";
  // What people copy is the address of a page of the server.
  const base = parsed.pathname.replace(/\/(?:lab|tree|notebooks)(?:\/.*)?$/, "/");
  return { url: new URL(base, parsed).href, token: found };
}

/** @throws {UsageError} when it is no number from 0 to 1 */
export function readTolerance(value: string | undefined): number {
  const number = Number(value ?? 0);
  if (value?.trim() === "" || !(number >= 0 && number <= 1)) {
    throw new UsageError(
      `--float-tolerance takes a relative difference from 0 to 1, as 1e-6, not "${value}".`,
    );
  }
  return number;
}

/**
 * How many notebooks run at a time: starting a kernel keeps a core busy, and the notebook beyond
 * their number uses a core while others wait for Redis. Measured on two cores: 0.9 of the time.
 */
export function defaultJobs(): number {
  return availableParallelism() + 1;
}
