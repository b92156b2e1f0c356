import { isIP } from "node:net";
import { numberSetting, SettingError } from "redis-lab-jobs";

/** Who may come, from where, and how much of it. */
export interface AccessSettings {
  /** Origin under which users know the page, such as https://pictures.example.org; none unless given. */
  readonly publicUrl?: string | undefined;
  /** How many proxies are in front, or their addresses; what X-Forwarded-* says counts from them only. */
  readonly trustProxy?: number | string | undefined;
  /** Of the queue dashboard, for any user name; without one it is open to this machine alone. */
  readonly queuesPassword?: string | undefined;
  /** The dashboard only shows. */
  readonly queuesReadOnly?: boolean | undefined;
  /** What one user may send in a day; 0 is no limit. */
  readonly quota?: Quota | undefined;
}

export interface Quota {
  readonly pictures: number;
  readonly bytes: number;
}

const NAMED_RANGES = ["loopback", "linklocal", "uniquelocal"];

/**
 * Reads PUBLIC_URL, TRUST_PROXY, QUEUES_PASSWORD, QUEUES_READ_ONLY, QUOTA_PICTURES and QUOTA_MB.
 *
 * @throws {SettingError} for one that can be of no use
 */
export function accessSettings(env: NodeJS.ProcessEnv): AccessSettings {
  const readOnly = env["QUEUES_READ_ONLY"]?.trim().toLowerCase() ?? "";
  if (!["", "0", "1", "true", "false"].includes(readOnly)) {
    throw new SettingError("QUEUES_READ_ONLY", readOnly, "1 or 0");
  }
  const number = (variable: string) =>
    numberSetting(env, variable, { fallback: 0, min: 0, max: 1_000_000_000 });
  return {
    publicUrl: publicUrl(env["PUBLIC_URL"]?.trim()),
    trustProxy: trustProxy(env["TRUST_PROXY"]?.trim()),
    queuesPassword: env["QUEUES_PASSWORD"] || undefined,
    queuesReadOnly: readOnly === "1" || readOnly === "true",
    quota: { pictures: number("QUOTA_PICTURES"), bytes: number("QUOTA_MB") * 1_000_000 },
  };
}

function publicUrl(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url && /^https?:$/.test(url.protocol) && text.replace(/\/$/, "") !== "";
  if (!isOrigin || url.pathname !== "/" || url.search + url.hash + url.username !== "") {
    const wanted = "the address that users see, without a path: https://pictures.example.org";
    throw new SettingError("PUBLIC_URL", text, wanted);
  }
  return url.origin;
}

function trustProxy(text: string | undefined): number | string | undefined {
  if (!text || /^(0|no|off|false)$/i.test(text)) return undefined;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const ranges = text.split(/[\s,]+/).filter(Boolean);
  if (ranges.length > 0 && ranges.every(isRange)) return ranges.join(",");
  const wanted = "how many proxies are in front (1), or their addresses: loopback, 10.0.0.0/8";
  throw new SettingError("TRUST_PROXY", text, wanted);
}

function isRange(text: string): boolean {
  const [, address = "", bits] = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0) return NAMED_RANGES.includes(text);
  return bits === undefined || Number(bits) <= (version === 4 ? 32 : 128);
}
