import { once } from "node:events";
import {
  request,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from "node:http";
import { connect } from "node:net";

export interface Json extends Record<string, unknown> {
  readonly task_id: string;
  readonly error: string;
  readonly tasks?: Record<string, string>[];
  readonly queues?: { readonly name: string }[];
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: () => Json;
}

export interface Question {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer | string;
}

/** A request with exactly these headers: fetch would not let a test lie about Host. */
export async function ask(url: string, { method = "GET", headers = {}, body }: Question = {}) {
  const { hostname, port } = new URL(url);
  // The path as it stands: URL would take the dots out.
  const path = /^http:\/\/[^/]+(.*)$/.exec(url)?.[1] || "/";
  const sent = request({ hostname, port, path, method, headers, agent: false });
  sent.end(body);
  const response = await answerTo(sent);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const json = () => JSON.parse(text) as Json;
  return { status: response.statusCode ?? 0, headers: response.headers, text, json } as Answer;
}

export async function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return response;
}

/** What a server answers to bytes that need not be HTTP. */
export async function askRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding("latin1");
  let text = "";
  socket.on("data", (chunk: string) => (text += chunk));
  socket.end(bytes);
  await once(socket, "close");
  return text;
}

export interface Part {
  readonly name: string;
  readonly value: Buffer | string;
  /** Raw, as it stands in the header; without one the part is a field. */
  readonly filename?: string;
}

const BOUNDARY = "--------------------------test7f3c";

/** A form as a browser sends it. */
export function form(parts: readonly Part[]): Question & { readonly body: Buffer } {
  const chunks = parts.flatMap(({ name, value, filename }) => {
    const file = filename === undefined ? "" : `; filename="${filename}"`;
    const type = filename === undefined ? "" : "content-type: application/octet-stream\r\n";
    const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n${type}`;
    return [Buffer.from(`${head}\r\n`), Buffer.from(value), Buffer.from("\r\n")];
  });
  return {
    method: "POST",
    headers: {
      "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
      accept: "application/json",
    },
    body: Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  };
}

export const picture = (value: Buffer, filename = "photo.png"): Part => ({
  name: "image_file",
  value,
  filename,
});
