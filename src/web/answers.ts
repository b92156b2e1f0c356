import accepts from "accepts";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { InvalidResultError, QueueUnavailableError } from "redis-lab-jobs";
import { QueueAwayError, RefusedError } from "./errors.js";
import { errorPage } from "./page.js";

const TITLES: Record<number, string> = {
  400: "That did not work",
  401: "A password is needed",
  403: "Not from there",
  404: "Not here",
  408: "Too slow",
  413: "Too much at once",
  415: "Not a picture",
  429: "Too fast",
  431: "Too much at once",
  503: "Back in a moment",
  507: "No room left",
};

/** What the page can be had as: the first one for a client that takes both. */
export type Kind = "html" | "json";

/** Tells which of two kinds a client would rather have. */
export function preferred(request: FastifyRequest, first: Kind): Kind {
  const kinds = first === "html" ? ["html", "json"] : ["json", "html"];
  return accepts(request.raw).type(kinds) === "html" ? "html" : "json";
}

export function sendHtml(reply: FastifyReply, status: number, text: string): FastifyReply {
  // Back and forward show how things are now.
  return reply
    .code(status)
    .header("cache-control", "no-store")
    .type("text/html; charset=utf-8")
    .send(text);
}

/** Answers with an error, as a page for a browser and as `{error}` for a program. */
export function sendError(request: FastifyRequest, reply: FastifyReply, thrown: unknown) {
  const error = toRefusedError(thrown);
  const { statusCode, message, field } = error;
  if (error instanceof QueueAwayError) reply.header("retry-after", "5");
  const kind = preferred(request, request.url === "/" ? "html" : "json");
  if (kind === "json") {
    return reply
      .code(statusCode)
      .header("cache-control", "no-store")
      .send({ error: message, ...(field && { field }) });
  }
  const title = TITLES[statusCode] ?? "That did not work";
  const isWaiting = error instanceof QueueAwayError && request.method === "GET";
  return sendHtml(reply, statusCode, errorPage({ title, message }, isWaiting));
}

/** What a user is told of an error; nothing of what only we understand. */
export function toRefusedError(error: unknown): RefusedError {
  if (error instanceof RefusedError) return error;
  if (error instanceof QueueUnavailableError) return new QueueAwayError({ cause: error });
  const refused = (status: number, message: string) =>
    new RefusedError(status, message, undefined, { cause: error });
  if (error instanceof InvalidResultError) return refused(502, error.message);
  const { statusCode = 500, code, message } = error as FastifyError;
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
    return refused(415, "Send pictures as a form (multipart/form-data), field image_file.");
  }
  if (statusCode >= 400 && statusCode < 500) return refused(statusCode, message);
  return refused(500, "Something went wrong on the server; its log says more. Try again.");
}
