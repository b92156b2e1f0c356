import { isLarge, sendParts } from "./send-parts.js";

/** What became of a picture that was sent. */
export type Sent =
  | { readonly task: string }
  | {
      readonly error: string;
      /** The form's field that it is about. */
      readonly field?: string;
      /** It may go better the next time. */
      readonly mayRetry: boolean;
      /** Under which the server remembers that it was refused. */
      readonly id?: string | undefined;
    };

const TRY_AGAIN_STATUS = [0, 408, 429, 500, 503, 507];

/**
 * Sends one picture; never rejects.
 *
 * @param onProgress gets the share that has been sent, 0 to 1
 */
export function send(
  file: File,
  fields: readonly (readonly [name: string, value: string])[],
  onProgress: (share: number) => void,
): Promise<Sent> {
  if (isLarge(file)) return sendParts(file, fields, onProgress);
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  form.append("image_file", file, file.name);
  // fetch does not tell how much of a body has gone.
  const request = new XMLHttpRequest();
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => resolve(readAnswer(request)));
    request.open("POST", "/");
    request.setRequestHeader("accept", "application/json");
    request.send(form);
  });
}

function readAnswer(request: XMLHttpRequest): Sent {
  const { status, response } = request;
  const answer = (response ?? {}) as { task_id?: string; error?: string; field?: string };
  if (status === 202 && answer.task_id !== undefined) return { task: answer.task_id };
  const error = answer.error ?? "The server does not answer. Is it still running?";
  const mayRetry = TRY_AGAIN_STATUS.includes(status);
  const id = request.getResponseHeader("location")?.replace("/task/", "");
  return { error, mayRetry, id, ...(answer.field !== undefined && { field: answer.field }) };
}
