import { GuardedProcess, type Exit } from "guarded-processes/guarded-process";
import { labFiles, labFolderOf } from "redis-lab-jobs/lab-folder";
import { jupyterSettings } from "../jupyter/jupyter-settings.js";
import { signNotebooks } from "../jupyter/trust-notebooks.js";
import { provideRedis } from "../redis/redis.js";
import { startWorker } from "../services/job-services.js";
import { supervise } from "../services/supervise.js";
import { layOutUserFolder } from "./user-folder.js";

export interface HubUserOptions {
  /** The project's folder. */
  readonly root: string;
  /** The user's folder; it is made. */
  readonly folder: string;
  /** The Python that has JupyterLab and JupyterHub. */
  readonly python: string;
  /** Arguments that JupyterHub wants its single-user server to have. */
  readonly args: readonly string[];
  /** What JupyterHub has set. */
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs the lab of one user of a JupyterHub, until its single-user server ends or the signal comes: a
 * private Redis that nobody else has the password of, the worker, and the server on the user's copy
 * of the notebooks. Nothing of it outlives this process.
 *
 * @returns how the server ended; undefined when it was ended by the signal
 * @throws {NoRedisError | ServerStartError} for what is missing, or does not start
 */
export async function runHubUser(options: HubUserOptions): Promise<Exit | undefined> {
  const { root, folder, python, args, log, signal } = options;
  // A Redis of the hub's own would be everybody's.
  const { REDIS_URL: _hubs, MEDIA_ROOT: _shared, ...inherited } = options.env;
  const fresh = await layOutUserFolder(root, folder);
  const settings = await jupyterSettings(folder);
  const closing: { stop(): Promise<unknown> }[] = [];
  try {
    const redis = await provideRedis({ root, env: inherited, log, signal });
    closing.push(redis);
    const MEDIA_ROOT = labFiles(labFolderOf(folder)).media;
    const env = { ...inherited, ...settings.env, REDIS_URL: redis.url, MEDIA_ROOT };
    const onNotice = (notice: string) => log(`worker: ${notice}`);
    const start = () => startWorker({ env, onNotice });
    closing.push(await supervise({ name: "The worker", start, log }));
    await signNotebooks(fresh, { root: folder, python, env, signal });
    signal.throwIfAborted();
    const own = [`--config=${settings.configFile}`];
    if (process.getuid?.() === 0) own.push("--allow-root");
    const server = GuardedProcess.start(python, ["-m", "jupyterhub.singleuser", ...own, ...args], {
      cwd: folder,
      env,
      stdio: ["ignore", "inherit", "inherit"],
    });
    closing.push(server);
    const aborted = new Promise<undefined>((resolve) => {
      signal.addEventListener("abort", () => resolve(undefined), { once: true });
    });
    return await Promise.race([server.exited, aborted]);
  } finally {
    for (const one of closing.toReversed()) await one.stop();
  }
}
