import { randomUUID } from "node:crypto";

export type Channel = "shell" | "control" | "iopub" | "stdin";

/** Header of a message, as in the Jupyter messaging protocol 5.4. */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  /** ISO 8601. */
  readonly date: string;
  /** Version of the protocol. */
  readonly version: string;
}

/** A message as it travels between the layers; the shape @jupyterlab/services uses, too. */
export interface Message {
  readonly channel: Channel;
  readonly header: Header;
  /** Empty in a message that answers none. */
  readonly parent_header: Header | Record<string, never>;
  readonly metadata: Record<string, unknown>;
  readonly content: Record<string, unknown>;
  readonly buffers: readonly Uint8Array[];
}

/** Makes a request with a new id. */
export function request(
  channel: Channel,
  type: string,
  session: string,
  content: Record<string, unknown> = {},
): Message {
  return {
    channel,
    header: {
      msg_id: randomUUID(),
      msg_type: type,
      session,
      username: "",
      date: new Date().toISOString(),
      version: "5.4",
    },
    parent_header: {},
    metadata: {},
    content,
    buffers: [],
  };
}

/** Makes the answer to a request, or a message about it on another channel. */
export function answer(
  to: Header | undefined,
  channel: Channel,
  type: string,
  session: string,
  content: Record<string, unknown>,
): Message {
  return { ...request(channel, type, session, content), parent_header: to ?? {} };
}

/** Whether a message is an answer to, or an effect of, a request. */
export function answers(message: Message, to: Message): boolean {
  return message.parent_header.msg_id === to.header.msg_id;
}
