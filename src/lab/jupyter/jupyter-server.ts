import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PortInUseError, ServerStartError } from "../errors.js";
import { isFree } from "guarded-processes/free-port";
import { guardedFolder, GuardedProcess, type Exit } from "guarded-processes/guarded-process";
import { jupyterSettings } from "./jupyter-settings.js";
import { OutputTail } from "guarded-processes/output-tail";
import { removeFolder } from "guarded-processes/temporary-folder";
import { trustNotebooks } from "./trust-notebooks.js";

export interface JupyterServer {
  /** With its token: who has it may run code. */
  readonly url: string;
  /** Notebooks in the folder that are not the project's: they open untrusted. */
  readonly foreign: readonly string[];
  /** Resolves when the server has ended, by `stop` or by itself. */
  readonly exited: Promise<Exit>;
  /** The end of what it wrote. */
  readonly log: () => string;
  stop(): Promise<void>;
}

export interface JupyterOptions {
  /** The project's folder. */
  readonly root: string;
  /** The Python that has JupyterLab. */
  readonly python: string;
  readonly env: NodeJS.ProcessEnv;
  /** Exactly this port; default: 8888, or the next one that is free. */
  readonly port?: number | undefined;
  /** Where it listens; default 127.0.0.1. Others are for containers, which have a border of their own. */
  readonly host?: string | undefined;
  readonly openBrowser?: boolean;
  readonly signal: AbortSignal;
}

const START_MS = 60_000;
const FIRST_PORT = 8888;
/** Starts, when another program takes the port between Jupyter's look at it and its use. */
const TRIES = 5;
const PORT_IN_USE = /no available port could be found/;

/**
 * Starts JupyterLab on the notebooks, on loopback unless told otherwise, with a random token, and
 * waits until it answers. Its kernels end with it, and it ends with this process.
 *
 * @throws {PortInUseError} when `port` is taken
 * @throws {ServerStartError} with what it wrote
 */
export async function startJupyter(options: JupyterOptions): Promise<JupyterServer> {
  const { port, host = "127.0.0.1" } = options;
  for (let attempt = 1; ; attempt++) {
    if (port !== undefined && !(await isFree(port, host))) throw new PortInUseError(port);
    try {
      return await startOnce(options);
    } catch (error) {
      const isTaken = error instanceof ServerStartError && error.isPortInUse;
      if (isTaken && port !== undefined) throw new PortInUseError(port);
      if (!isTaken || attempt === TRIES) throw error;
    }
  }
}

async function startOnce(options: JupyterOptions): Promise<JupyterServer> {
  const { root, python, signal, host = "127.0.0.1" } = options;
  const { env, configFile } = await jupyterSettings(root);
  // Tokens, keys of kernels, and what Jupyter makes in TMPDIR: gone with the lab, however that ends.
  const guarded = guardedFolder("redis-lab-jupyter");
  const args = [
    "-m",
    "jupyterlab",
    `--config=${configFile}`,
    `--ServerApp.ip=${host}`,
    `--ServerApp.port=${options.port ?? FIRST_PORT}`,
    `--ServerApp.port_retries=${options.port === undefined ? 50 : 0}`,
    `--ServerApp.open_browser=${options.openBrowser ? "True" : "False"}`,
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
  // In the environment: what a process was started with can be read by every user.
  const token = randomBytes(24).toString("hex");
  const serverEnv = {
    ...options.env,
    ...env,
    ...guarded.owner,
    JUPYTER_TOKEN: token,
    JUPYTER_RUNTIME_DIR: guarded.path,
    TMPDIR: guarded.path,
  };
  const server = GuardedProcess.start(python, args, {
    cwd: root,
    env: serverEnv,
    folder: guarded,
  });
  const trusted = trustNotebooks({ root, python, env: serverEnv, signal });
  const output = new OutputTail(server.child);
  const info = join(guarded.path, `jpserver-${server.child.pid}.json`);
  const stop = async () => {
    await server.stop({ term: 4000 });
    await trusted.catch(() => {});
    await removeFolder(guarded.path);
    await guarded.release();
  };
  try {
    const port = await answering(info, token, server, signal);
    const foreign = await trusted;
    const url = `http://127.0.0.1:${port}/lab/tree/index.ipynb?token=${token}`;
    return { url, foreign, exited: server.exited, log: () => output.text, stop };
  } catch (error) {
    await stop();
    signal.throwIfAborted();
    const log = await output.complete();
    const reason = (error as Error).message;
    throw new ServerStartError("JupyterLab", reason, log, null, PORT_IN_USE.test(log));
  }
}

/** Waits for the server's own word on which port it took, and for an answer there. */
async function answering(
  info: string,
  token: string,
  server: GuardedProcess,
  signal: AbortSignal,
): Promise<number> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    if (server.exit) {
      const { code, signal: ended, error } = server.exit;
      throw new Error(error?.message ?? `it ended with ${ended ?? `exit code ${code}`}`);
    }
    const port = await portOf(info);
    if (port !== undefined) {
      const status = `http://127.0.0.1:${port}/api/status`;
      const headers = { authorization: `token ${token}` };
      const answer = await fetch(status, { headers }).catch(() => undefined);
      if (answer?.ok) return port;
    }
    await sleep(50);
  }
  throw new Error(`no answer within ${START_MS / 1000} s`);
}

async function portOf(info: string): Promise<number | undefined> {
  try {
    return (JSON.parse(await readFile(info, "utf8")) as { port: number }).port;
  } catch {
    // Not written yet, or only half of it.
    return undefined;
  }
}
