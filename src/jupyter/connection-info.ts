import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";

/**
 * The content of a Jupyter connection file.
 *
 * Source: Jupyter client documentation, "Making kernels for Jupyter", connection files.
 */
export interface ConnectionInfo {
  readonly transport: "tcp" | "ipc";
  /** Host of a tcp connection; path prefix of the sockets of an ipc connection. */
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  /** Key of the message signatures. An empty key means unsigned messages. */
  readonly key: string;
  readonly signature_scheme: "hmac-sha256";
  readonly kernel_name?: string;
}

export type SocketName = "shell" | "iopub" | "stdin" | "control" | "hb";

/** The longest path of a unix socket on every system (macOS has the least), in bytes. */
const LONGEST_SOCKET_PATH = 103;

/** Unix sockets in a folder: no port to race for. Undefined when the folder's path is too long. */
export function ipcConnection(folder: string, kernelName?: string): ConnectionInfo | undefined {
  const ip = join(folder, "k");
  if (process.platform === "win32" || Buffer.byteLength(`${ip}:5`) > LONGEST_SOCKET_PATH) {
    return undefined;
  }
  return connection("ipc", ip, [1, 2, 3, 4, 5], kernelName);
}

/** Five free ports of 127.0.0.1. Another program may take one before the kernel binds it. */
export async function tcpConnection(kernelName?: string): Promise<ConnectionInfo> {
  const servers = await Promise.all(Array.from({ length: 5 }, listenAnywhere));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return connection("tcp", "127.0.0.1", ports, kernelName);
}

/** Writes a connection file that only its owner can read. */
export async function writeConnectionFile(file: string, info: ConnectionInfo): Promise<void> {
  await writeFile(file, JSON.stringify(info, undefined, 2), { mode: 0o600 });
}

/**
 * The ZeroMQ address of one of the five sockets.
 *
 * The separator of ipc addresses is a dash in Jupyter's own kernels; tslab writes a colon.
 */
export function socketAddress(
  info: ConnectionInfo,
  socket: SocketName,
  ipcSeparator = "-",
): string {
  const separator = info.transport === "ipc" ? ipcSeparator : ":";
  return `${info.transport}://${info.ip}${separator}${info[`${socket}_port`]}`;
}

function connection(
  transport: "tcp" | "ipc",
  ip: string,
  ports: readonly number[],
  kernelName: string | undefined,
): ConnectionInfo {
  const [shell_port = 0, iopub_port = 0, stdin_port = 0, control_port = 0, hb_port = 0] = ports;
  return {
    transport,
    ip,
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
    key: randomUUID(),
    signature_scheme: "hmac-sha256",
    ...(kernelName === undefined ? {} : { kernel_name: kernelName }),
  };
}

function listenAnywhere() {
  return new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
