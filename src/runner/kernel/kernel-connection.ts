import { createRequire } from "node:module";
import type { KernelConnection } from "@jupyterlab/services/lib/kernel/default.js";
import type { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
import type { Channels } from "../../jupyter/channels.js";
import type { Message } from "../../jupyter/messages.js";
import { identitySerializer, socketClassOver } from "./kernel-socket.js";

export type { KernelConnection };

// Loaded by path: the package's entry would load all of JupyterLab's services, twice the memory.
const require = createRequire(import.meta.url);

export interface ConnectOptions {
  readonly channels: Channels;
  readonly session: string;
  readonly interrupt: () => Promise<void>;
  /** Sets who gets the messages that come in. */
  readonly route: (handler: (message: Message) => void) => void;
  /** Called with a message that KernelConnection finds invalid. */
  readonly onError: (error: unknown) => void;
}

/** The class, without the rest of the package. */
export function loadKernelConnection(): typeof KernelConnection {
  const kernels = require("@jupyterlab/services/lib/kernel/default.js") as {
    KernelConnection: typeof KernelConnection;
  };
  return kernels.KernelConnection;
}

/** Puts a KernelConnection of @jupyterlab/services on raw ZeroMQ channels: no Jupyter server. */
export async function connectKernel(options: ConnectOptions): Promise<KernelConnection> {
  const Connection = loadKernelConnection();
  const servers = require("@jupyterlab/services/lib/serverconnection.js") as {
    ServerConnection: typeof ServerConnection;
  };
  const WebSocket = socketClassOver(options.channels, (socket) => {
    options.route((message) => {
      try {
        socket.onmessage({ data: message });
      } catch (error) {
        options.onError(error);
      }
    });
  });
  const settings = {
    WebSocket,
    serializer: identitySerializer,
  } as unknown as Partial<ServerConnection.ISettings>;
  const connection = quietly(
    () =>
      new Connection({
        model: { id: options.session, name: "kernel" },
        clientId: options.session,
        handleComms: false,
        serverSettings: servers.ServerConnection.makeSettings(settings),
        kernelAPIClient: { interrupt: options.interrupt } as never,
      }),
  );
  await connection.info;
  return connection;
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
