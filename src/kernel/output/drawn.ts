import { types } from "node:util";
import { imageType } from "./image-type.js";

const [SVG, PNG] = ["image/svg+xml", "image/png"];

/**
 * A value as a picture, if it is one: an element of a document (jsdom, linkedom), a canvas, a Blob of an
 * image, the bytes of a picture.
 *
 * @returns data by MIME type
 */
export async function drawn(value: unknown): Promise<Record<string, unknown> | undefined> {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    // `instanceof` throws for a revoked proxy.
    if (types.isUint8Array(value)) return picture(value);
    const object = value as Readonly<Record<string, unknown>>;
    return element(object) ?? (await canvas(object)) ?? (await imageBlob(object));
  } catch {
    // A getter or proxy that throws when it is asked is nothing to be drawn.
    return undefined;
  }
}

function picture(bytes: Uint8Array): Record<string, unknown> | undefined {
  const type = imageType(bytes);
  return type === undefined ? undefined : { [type]: base64(bytes) };
}

function element(object: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const root = object["documentElement"] as typeof object | null | undefined;
  const html = object["outerHTML"] ?? root?.["outerHTML"];
  if (typeof html !== "string") return undefined;
  const data: Record<string, unknown> = { "text/html": html, "text/plain": html };
  if (/^<svg\b/i.test(html)) data[SVG] = withNamespace(html);
  return data;
}

/** In a file of its own, SVG needs its namespace. */
function withNamespace(svg: string): string {
  const [tag = ""] = /^<svg\b[^>]*/i.exec(svg) ?? [];
  const namespace = ' xmlns="http://www.w3.org/2000/svg"';
  return /\bxmlns\s*=/.test(tag) ? svg : `${svg.slice(0, 4)}${namespace}${svg.slice(4)}`;
}

async function canvas(
  object: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown> | undefined> {
  const { toDataURL, toBuffer } = object;
  // A stream may have `toBuffer` as well, and would be read by it.
  const mayBuffer = typeof toBuffer === "function" && typeof object["pipe"] !== "function";
  const bytes = mayBuffer ? await answer(() => toBuffer.call(object, PNG) as unknown) : undefined;
  const shown = types.isUint8Array(bytes) ? picture(bytes) : undefined;
  if (shown || typeof toDataURL !== "function") return shown;
  const url = await answer(() => toDataURL.call(object) as unknown);
  return typeof url === "string" ? fromDataUrl(url) : undefined;
}

/** What a method gives, or nothing when it fails: there may be another. */
async function answer(ask: () => unknown): Promise<unknown> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}

function fromDataUrl(url: string): Record<string, unknown> | undefined {
  const [, type = "", isBase64, data = ""] =
    /^data:(image\/[\w.+-]+)[^,]*?(;base64)?,([^]*)$/.exec(url) ?? [];
  if (type === "") return undefined;
  if (type !== SVG) return isBase64 ? { [type]: data } : undefined;
  return {
    [SVG]: isBase64 ? Buffer.from(data, "base64").toString("utf8") : decodeURIComponent(data),
  };
}

async function imageBlob(
  object: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown> | undefined> {
  const { type, arrayBuffer } = object;
  if (typeof type !== "string" || typeof arrayBuffer !== "function") return undefined;
  const mime = /^image\/[\w.+-]+/.exec(type)?.[0];
  if (mime === undefined || !/^(Blob|File)$/.test(String(object[Symbol.toStringTag as never])))
    return undefined;
  const bytes = new Uint8Array(await (arrayBuffer as () => Promise<ArrayBuffer>).call(object));
  return { [mime]: mime === SVG ? Buffer.from(bytes).toString("utf8") : base64(bytes) };
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
