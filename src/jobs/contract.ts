import * as z from "zod";
import { InvalidPayloadError, InvalidResultError } from "./errors.js";

/** One picture may be asked for in this many sizes at most. */
export const MAX_SIZES = 20;

const operands = z.object({ a: z.number(), b: z.number() });
const edge = z.int().min(1).max(10_000);
const size = z.object({ width: edge, height: edge });

/** How a picture is made to fit its box. */
export const FITS = ["inside", "cover", "contain"] as const;
/** What thumbnails can be written as; `keep` is what the picture is, and JPEG for HEIC. */
export const OUTPUT_FORMATS = ["keep", "jpeg", "png", "webp", "avif"] as const;

const thumbnail = size.extend({
  /** As it stands in the zip. */
  name: z.string(),
  bytes: z.int(),
  /** Where its bytes begin in the zip, which holds them as they are. */
  offset: z.int(),
});

/** Each kind of job: its queue, and the shape of what goes in and comes out. */
const CONTRACT = {
  multiply: { queue: "arithmetic", payload: operands, result: z.number() },
  divide: { queue: "arithmetic", payload: operands, result: z.number() },
  "make-thumbnails": {
    queue: "thumbnails",
    payload: z.object({
      /** The stored picture, relative to the media folder: see `newIncoming`. */
      file: z.string().regex(/^incoming\/[\da-f-]{36}$/, "is not a stored file"),
      /** What its owner calls it; shown, and used for names in the zip, never as a path. */
      name: z.string().min(1).max(1000),
      /** Boxes to fit into, in pixels. */
      sizes: z.array(size).min(1).max(MAX_SIZES),
      /** `inside` unless given. */
      fit: z.enum(FITS).optional(),
      /** `keep` unless given. */
      format: z.enum(OUTPUT_FORMATS).optional(),
      /** Of JPEG, WebP and AVIF; what is usual for each unless given. */
      quality: z.int().min(1).max(100).optional(),
      /** All pictures of an animation, not just the first one. */
      animated: z.boolean().optional(),
    }),
    result: z.object({
      /** The zip, relative to the media folder. */
      archivePath: z.string(),
      thumbnails: z.array(thumbnail),
      /** What the user should know, in whole sentences: such as that the file was cut. */
      notes: z.array(z.string()).optional(),
    }),
  },
  /** The pictures of one form: the parent of their jobs, done when all of them have ended. */
  "gather-form": {
    queue: "forms",
    payload: z.object({ tasks: z.array(z.uuid()) }),
    result: z.object({ done: z.array(z.uuid()), failed: z.array(z.uuid()) }),
  },
} as const;

export type JobName = keyof typeof CONTRACT;
export type QueueName = (typeof CONTRACT)[JobName]["queue"];
export type PayloadOf<N extends JobName> = z.output<(typeof CONTRACT)[N]["payload"]>;
export type ResultOf<N extends JobName> = z.output<(typeof CONTRACT)[N]["result"]>;
export type Fit = (typeof FITS)[number];
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
export type Size = z.output<typeof size>;
export type Thumbnail = z.output<typeof thumbnail>;

/** The queue of what workers do for themselves, by schedules: its jobs are nobody's to ask for. */
export const UPKEEP = "upkeep";
export const QUEUE_NAMES: readonly QueueName[] = ["arithmetic", "thumbnails", "forms"];
export const queueOf = (job: JobName): QueueName => CONTRACT[job].queue;
export const isJobName = (name: string): name is JobName => Object.hasOwn(CONTRACT, name);

/**
 * Checks what is asked of a job.
 *
 * @throws {InvalidPayloadError} names each part that is wrong
 */
export function checkPayload<N extends JobName>(job: N, payload: unknown): PayloadOf<N> {
  const { success, data, error } = CONTRACT[job].payload.safeParse(payload);
  if (!success) throw new InvalidPayloadError(job, reasonsOf(error), { cause: error });
  return data as PayloadOf<N>;
}

/**
 * Checks what a worker made.
 *
 * @throws {InvalidResultError} names each part that is wrong
 */
export function checkResult<N extends JobName>(job: N, result: unknown): ResultOf<N> {
  const { success, data, error } = CONTRACT[job].result.safeParse(result);
  if (!success) throw new InvalidResultError(job, reasonsOf(error), { cause: error });
  return data as ResultOf<N>;
}

function reasonsOf(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`,
  );
}
