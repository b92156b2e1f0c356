import Module, { createRequire } from "node:module";
import type { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import type { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
import type { Channels } from "jupyter-wire/channels";
import type { Message } from "jupyter-wire/messages";
import { identitySerializer, socketClassOver } from "./kernel-socket.js";

export type { KernelConnection };

const require = createRequire(import.meta.url);
/** For its dependencies, which are not this project's own. */
const servicesRequire = createRequire(require.resolve("@jupyterlab/services"));

export interface ConnectOptions {
  readonly channels: Channels;
  readonly session: string;
  readonly interrupt: () => Promise<void>;
  /** Sets who gets the messages that come in. */
  readonly route: (handler: (message: Message) => void) => void;
  /** Called with a message that KernelConnection finds invalid. */
  readonly onError: (error: unknown) => void;
}

let loaded: typeof KernelConnection | undefined;

/**
 * The class, without all of JupyterLab's services: its files name the entries of two packages for two
 * things each, which stand-ins have while it is loaded. A WebSocket of its own is left out as well,
 * since it is given one. 8 MB less.
 */
export function loadKernelConnection(): typeof KernelConnection {
  if (loaded) return loaded;
  const ended = [
    standIn("@jupyterlab/services", {
      get CommsOverSubshells() {
        return require("@jupyterlab/services/lib/kernel/comm.js").CommsOverSubshells;
      },
      get ServerConnection() {
        return require("@jupyterlab/services/lib/serverconnection.js").ServerConnection;
      },
    }),
    standIn("@jupyterlab/coreutils", {
      get PageConfig() {
        return servicesRequire("@jupyterlab/coreutils/lib/pageconfig.js").PageConfig;
      },
      get URLExt() {
        return servicesRequire("@jupyterlab/coreutils/lib/url.js").URLExt;
      },
    }),
    standIn("ws", undefined),
  ];
  const kernels = require("@jupyterlab/services/lib/kernel/default.js") as {
    KernelConnection: typeof KernelConnection;
  };
  for (const end of ended) end();
  loaded = kernels.KernelConnection;
  return loaded;
}

/** Makes a module be something else, until the returned function is called. */
function standIn(name: string, exports: unknown): () => void {
  const file = servicesRequire.resolve(name);
  // Somebody else has loaded it already: then it costs nothing.
  if (require.cache[file]) return () => {};
  const module = new Module(file);
  module.exports = exports;
  module.loaded = true;
  require.cache[file] = module;
  return () => delete require.cache[file];
}

/** Puts a KernelConnection of @jupyterlab/services on raw ZeroMQ channels: no Jupyter server. */
export async function connectKernel(options: ConnectOptions): Promise<KernelConnection> {
  const Connection = loadKernelConnection();
  const WebSocket = socketClassOver(options.channels, (socket) => {
    options.route((message) => {
      try {
        socket.onmessage({ data: message });
      } catch (error) {
        options.onError(error);
      }
    });
  });
  const connection = quietly(
    () =>
      new Connection({
        model: { id: options.session, name: "kernel" },
        clientId: options.session,
        handleComms: false,
        serverSettings: settingsFor(WebSocket),
        kernelAPIClient: { interrupt: options.interrupt } as never,
      }),
  );
  await connection.info;
  return connection;
}

/** Made by hand: ServerConnection.makeSettings looks at fetch, for which Node loads 7 MB. */
function settingsFor(WebSocket: unknown): ServerConnection.ISettings {
  const settings = {
    baseUrl: "http://127.0.0.1/",
    appUrl: "",
    wsUrl: "ws://127.0.0.1/",
    token: "",
    appendToken: false,
    init: {},
    WebSocket,
    serializer: identitySerializer,
  };
  return settings as unknown as ServerConnection.ISettings;
}

/** KernelConnection tells its doings on console.debug, which Node prints to stdout. */
export function quietly<T>(work: () => T): T {
  const { debug } = console;
  console.debug = () => {};
  try {
    return work();
  } finally {
    console.debug = debug;
  }
}
