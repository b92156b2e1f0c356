import type { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KernelDiedError, ServerError, StartupTimeoutError } from "../../errors.js";
import type { Notebook } from "../../read/notebook.js";
import { shortPath } from "../../read/select-files.js";
import { kernelFor } from "../find-kernel.js";
import { settlesWithin } from "guarded-processes/time-limit";
import { loadKernelConnection, quietly, type KernelConnection } from "./kernel-connection.js";
import type { Kernel, KernelEnd, KernelOptions, Shutdown } from "./kernel.js";

export interface JupyterServer {
  /** Ends with a slash. */
  readonly url: string;
  readonly token: string;
  /** Name of the kernelspec; undefined: the server's own choice. */
  readonly kernel: string | undefined;
}

/** How often, with a second between, a server may fail to end a kernel. */
const END_TRIES = 10;

const require = createRequire(import.meta.url);
// Its dependencies are not this project's own.
const servicesRequire = createRequire(require.resolve("@jupyterlab/services"));

/**
 * Starts a kernel on a Jupyter server, in the folder of the notebook when the server has it, and
 * waits until it answers. Environment variables do not reach it.
 *
 * @throws {ServerError} when the server does not do so
 * @throws {StartupTimeoutError} when the kernel is not ready in time
 */
export async function startServerKernel(
  server: JupyterServer,
  notebook: Notebook,
  options: KernelOptions,
): Promise<Kernel> {
  const model = (await ask(server, "POST", "api/kernels", {
    name: server.kernel ?? (await kernelOfLanguage(server, notebook.language)),
    path: dirname(shortPath(notebook.file)),
  })) as { id: string; name: string };
  const { ServerConnection: servers } = require("@jupyterlab/services/lib/serverconnection.js") as {
    ServerConnection: typeof ServerConnection;
  };
  const settings = servers.makeSettings({
    baseUrl: server.url,
    wsUrl: server.url.replace(/^http/, "ws"),
    token: server.token,
    appendToken: true,
    WebSocket: servicesRequire("ws") as typeof WebSocket,
  });
  const Connection = loadKernelConnection();
  const connection = quietly(
    () => new Connection({ model, serverSettings: settings, handleComms: false }),
  );
  const kernel = new ServerKernel(connection, server, model.id);
  const aborted = new Promise<"aborted">((resolve) =>
    options.signal.addEventListener("abort", () => resolve("aborted"), { once: true }),
  );
  const ready = settlesWithin(connection.info, options.startupTimeoutSeconds * 1000);
  const outcome = await Promise.race([ready, kernel.died, aborted]);
  if (outcome === true) return kernel;
  await kernel.kill();
  options.signal.throwIfAborted();
  if (outcome === false) throw new StartupTimeoutError(options.startupTimeoutSeconds, "");
  throw new KernelDiedError(outcome === "aborted" ? outcome : outcome.how, "");
}

async function kernelOfLanguage(server: JupyterServer, language: string): Promise<string> {
  const { kernelspecs = {} } = ((await ask(server, "GET", "api/kernelspecs")) ?? {}) as {
    kernelspecs?: Record<string, { spec?: { language?: string } }>;
  };
  const specs = Object.entries(kernelspecs).map(([name, { spec }]) => ({
    name,
    language: spec?.language ?? "",
  }));
  return kernelFor(language, specs);
}

class ServerKernel implements Kernel {
  /** Only the server could tell. */
  readonly log = "";
  readonly lostMessages = 0;
  readonly died: Promise<KernelEnd>;

  constructor(
    readonly connection: KernelConnection,
    private readonly server: JupyterServer,
    private readonly id: string,
  ) {
    // The kernel that a server starts in place of a dead one is of no use here.
    connection.reconnect = async () => {};
    this.died = new Promise((resolve) => {
      connection.statusChanged.connect((_, status) => {
        // The server starts a dead kernel anew: what it knew is gone.
        if (/dead|restarting/.test(status)) {
          resolve({ how: "died, says the Jupyter server", isClean: false });
        }
      });
    });
  }

  async interrupt(): Promise<void> {
    await ask(this.server, "POST", `api/kernels/${this.id}/interrupt`).catch(() => {});
  }

  async shutdown(): Promise<Shutdown> {
    await this.kill();
    return { leaked: false, leftProcesses: [] };
  }

  async kill(): Promise<void> {
    quietly(() => this.connection.dispose());
    for (let tries = 1; ; tries++) {
      try {
        await ask(this.server, "DELETE", `api/kernels/${this.id}`);
        return;
      } catch (error) {
        const { status = 0 } = error as ServerError;
        // Gone already, as after a crash.
        if (status === 404) return;
        // One that is just being restarted cannot be ended.
        if (status < 500 || tries === END_TRIES) throw error;
        await sleep(1000);
      }
    }
  }
}

/** @throws {ServerError} */
async function ask(
  { url, token }: JupyterServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const request = {
    method,
    headers: {
      ...(token ? { authorization: `token ${token}` } : {}),
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(60_000),
  };
  let response: Response;
  try {
    response = await fetch(new URL(path, url), request);
  } catch (error) {
    throw new ServerError(url, `it does not answer (${reason(error)})`, undefined, {
      cause: error,
    });
  }
  const text = await response.text();
  if (response.ok) return text === "" ? undefined : (JSON.parse(text) as unknown);
  const { status } = response;
  if (status === 401 || status === 403) {
    throw new ServerError(url, "it refuses the token; --token or JUPYTER_TOKEN sets it", status);
  }
  throw new ServerError(
    url,
    `it answers ${status} to ${method} ${path}: ${text.slice(0, 500)}`,
    status,
  );
}

function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message || message : message;
}
