import type { Sent } from "./send.js";

/** What is smaller is sent again soon enough. */
const LARGE_BYTES = 4_000_000;
const PART_BYTES = 2_000_000;
/** Seconds between attempts to go on: a phone may be in a tunnel. */
const WAITS = [0.5, 1, 2, 4, 8, 15, 30, 60, 60, 60];

/** So long may one part take, in milliseconds: a connection that is lost may never say so. */
const PART_MS = 120_000;

const TUS = { "tus-resumable": "1.0.0" };

export const isLarge = ({ size }: File): boolean => size > LARGE_BYTES;

/**
 * Sends one picture in parts, by the tus protocol, and goes on where it was when the connection was
 * lost; never rejects.
 *
 * @param onProgress gets the share that has been sent, 0 to 1
 */
export async function sendParts(
  file: File,
  fields: readonly (readonly [name: string, value: string])[],
  onProgress: (share: number) => void,
): Promise<Sent> {
  const sizes = fields.filter(([name]) => name === "sizes").map(([, value]) => value);
  const rest = fields.filter(([name]) => name !== "sizes");
  const metadata = [["filename", file.name], ["sizes", sizes.join(", ")], ...rest] as const;
  const headers = {
    ...TUS,
    "upload-length": String(file.size),
    "upload-metadata": metadata.map(([name, value]) => `${name} ${base64(value)}`).join(","),
  };
  let path: string | undefined;
  let offset = 0;
  let failures = 0;
  for (;;) {
    try {
      if (path === undefined) {
        const begun = await send("/uploads", { method: "POST", headers });
        if (!begun.ok) return await refusal(begun);
        path = begun.headers.get("location") ?? "";
      } else if (failures > 0) {
        const known = await send(path, { method: "HEAD", headers: TUS });
        // Whole, and a task by now: the answer was lost on its way.
        if (known.status === 404 || known.status === 410) return await taskOf(path);
        if (!known.ok) throw new Error(String(known.status));
        offset = Number(known.headers.get("upload-offset"));
      }
      const part = file.slice(offset, offset + PART_BYTES);
      const answer = await send(path, {
        method: "PATCH",
        body: part,
        headers: {
          ...TUS,
          "upload-offset": String(offset),
          "content-type": "application/offset+octet-stream",
        },
      });
      if (answer.status >= 500 || [408, 409, 423, 429].includes(answer.status)) {
        throw new Error(String(answer.status));
      }
      if (!answer.ok) return { ...(await refusal(answer)), id: idOf(path) };
      failures = 0;
      offset = Number(answer.headers.get("upload-offset"));
      onProgress(offset / file.size);
      if (offset === file.size) return { task: idOf(path) };
    } catch {
      const wait = WAITS[failures++];
      if (wait === undefined) {
        return { error: "The server does not answer. Is it still running?", mayRetry: true };
      }
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    }
  }
}

const send = (path: string, request: RequestInit) =>
  fetch(path, { ...request, signal: AbortSignal.timeout(PART_MS) });

const idOf = (path: string) => path.replace("/uploads/", "");

async function taskOf(path: string): Promise<Sent> {
  const { ok } = await send(`/task/${idOf(path)}`, { headers: { accept: "application/json" } });
  return ok
    ? { task: idOf(path) }
    : { error: "The server has forgotten what was sent.", mayRetry: true };
}

async function refusal(answer: Response) {
  const text = await answer.text();
  const mayRetry = answer.status === 429 || answer.status >= 500;
  const error = `The server refused it (${answer.status}).`;
  const told = text.startsWith("{") ? (JSON.parse(text) as { error: string; field?: string }) : {};
  return { error, mayRetry, ...told };
}

/** Of any characters, in UTF-8. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
