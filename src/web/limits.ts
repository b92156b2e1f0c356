export interface Limits {
  /** Of one picture, in bytes. */
  readonly fileBytes: number;
  /** Pictures in one form. */
  readonly files: number;
  /** Forms that one address may send in a minute. */
  readonly uploadsPerMinute: number;
  /** Requests of any kind that one address may send in a minute. */
  readonly requestsPerMinute: number;
}

export const LIMITS: Limits = {
  fileBytes: 32_000_000,
  files: 10,
  uploadsPerMinute: 60,
  requestsPerMinute: 1200,
};

/** Fields of a form besides its pictures: the sizes, a field each. */
export const MAX_FIELDS = 24;
/** Of one field, in bytes. */
export const MAX_FIELD_BYTES = 500;
/** Tasks that one page shows. */
export const MAX_TASKS = 50;
/** Milliseconds that a sender has for a whole form. */
export const UPLOAD_MS = 300_000;

/** A size of a file for a person to read. */
export function shownBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 100) / 10} kB` : `${Math.round(bytes / 1e5) / 10} MB`;
}
