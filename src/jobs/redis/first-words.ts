import { connect as connectPlain, type NetConnectOpts, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { RedisTarget } from "./redis-target.js";

const ANSWER_MS = 300;

/**
 * Why a server hung up on ioredis, which does not tell what was said before: the error that it says to
 * anyone, or that it speaks TLS. Undefined when it says nothing.
 */
export async function firstWords(target: RedisTarget): Promise<string | undefined> {
  const address = addressOf(target);
  const unsafe = { ...address, rejectUnauthorized: false };
  const said = await wordsOf(target.tls ? connectTls(unsafe) : connectPlain(address));
  if (said?.startsWith("-")) return said.slice(1);
  if (target.tls && said === undefined) return alertOf(connectTls(unsafe));
  if (said !== undefined || target.tls || target.kind === "socket") return undefined;
  return (await speaksTls(connectTls(unsafe))) ? "it speaks TLS: write rediss://" : undefined;
}

/** A server without TLS keeps silent to who begins with it; asked plainly, it answers. */
export async function speaksPlainly(target: RedisTarget): Promise<boolean> {
  return /^[+-]/.test((await wordsOf(connectPlain(addressOf(target)))) ?? "");
}

function addressOf(target: RedisTarget): NetConnectOpts {
  switch (target.kind) {
    case "socket":
      return { path: target.path };
    case "server":
      return { host: target.host, port: target.port };
    case "cluster":
      return { ...target.nodes[0], port: target.nodes[0]?.port ?? 6379 };
    case "sentinel":
      return { ...target.sentinels[0], port: target.sentinels[0]?.port ?? 26_379 };
  }
}

function wordsOf(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const end = (words?: string) => {
      socket.destroy();
      resolve(words);
    };
    socket.setTimeout(ANSWER_MS, () => end());
    socket.on("error", () => end()).on("close", () => end());
    socket.once("data", (data) => end(data.toString("latin1").split("\r\n", 1)[0]));
    socket.write("PING\r\n");
  });
}

/**
 * What TLS itself says against this client, such as that it wants a certificate. Nothing is sent: the
 * reset that answers it would overtake the alert.
 */
function alertOf(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const end = (words?: string) => {
      socket.destroy();
      resolve(words);
    };
    socket.setTimeout(ANSWER_MS, () => end());
    socket.on("error", ({ message }) => end(/alert/.test(message) ? message : undefined));
    socket.on("close", () => end());
  });
}

function speaksTls(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MS, () => end(false));
    socket.once("secureConnect", () => end(true));
    // One that wants a certificate of the client says so in TLS's own words.
    socket.on("error", ({ message }) => end(/alert/.test(message)));
  });
}
