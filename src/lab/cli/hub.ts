import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { guardedFolder, GuardedProcess } from "guarded-processes/guarded-process";
import { freePort, freePortFrom } from "guarded-processes/free-port";
import { runMain } from "guarded-processes/run-main";
import { removeFolder } from "guarded-processes/temporary-folder";
import { UserError } from "guarded-processes/user-error";
import { numberSetting } from "redis-lab-jobs";
import { labFiles, labFolderOf } from "redis-lab-jobs/lab-folder";
import { LAB, root } from "../project.js";
import { hubPython, installPinned } from "../python/pinned-python.js";

/** How long it may take to end its users' servers, in milliseconds. */
const STOP_MS = 15_000;
/** JupyterHub refuses others, at length. */
const SHORTEST_PASSWORD = 8;

const HELP = `Starts a JupyterHub on this machine, to try the lab with several users: see docs/jupyterhub.

Usage: npm run hub       (Ctrl-C ends it; users' folders stay in .lab/hub/users)

Environment: HUB_PASSWORD (8 characters or more; default: a random one), PORT (default: 8000, or the next
one that is free).
`;

await runMain(LAB, async ({ signal }) => {
  if (parseArgs({ options: { help: { type: "boolean" } } }).values.help) {
    return void process.stdout.write(HELP);
  }
  const log = (line: string) => console.error(line);
  const folder = process.env["HUB_STATE"] || labFiles(labFolderOf(root)).hub;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const options = { root, env: process.env, log, signal };
  const home = join(labFiles(labFolderOf(root)).hub, "python");
  const python = await installPinned(options, hubPython(root, home));
  const password = process.env["HUB_PASSWORD"] || randomBytes(9).toString("base64url");
  if (password.length < SHORTEST_PASSWORD) {
    throw new UserError(`HUB_PASSWORD takes ${SHORTEST_PASSWORD} characters or more.`);
  }
  const fallback = await freePortFrom(8000);
  const port = String(numberSetting(process.env, "PORT", { fallback, min: 1, max: 65_535 }));
  // Users' servers are in sessions of their own: its guard finds them by their environment.
  const guarded = guardedFolder("redis-lab-hub");
  const hub = GuardedProcess.start(
    python,
    ["-m", "jupyterhub", `--config=${join(root, "docs", "jupyterhub", "jupyterhub_config.py")}`],
    {
      cwd: folder,
      env: {
        ...process.env,
        ...guarded.owner,
        TMPDIR: guarded.path,
        HUB_NODE: process.execPath,
        HUB_STATE: folder,
        HUB_PASSWORD: password,
        PORT: port,
        HUB_PORT: String(await freePort()),
        PROXY_PORT: String(await freePort()),
      },
      folder: guarded,
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  log(`JupyterHub: http://127.0.0.1:${port}/  any name, password ${password}`);
  signal.addEventListener("abort", () => void hub.stop({ term: STOP_MS }), { once: true });
  const { code } = await hub.exited;
  await removeFolder(guarded.path);
  await guarded.release();
  return code ?? 1;
});
