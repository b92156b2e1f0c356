import { join } from "node:path";
import { homeFolder } from "jupyter-wire/home-folder";
import { InstallError } from "../errors.js";

/**
 * The user's folder for Jupyter's data.
 *
 * Source: Jupyter documentation, "Common directories and file locations", data files.
 *
 * @throws {InstallError} for a user without a home
 */
export function userDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env["JUPYTER_DATA_DIR"]) return env["JUPYTER_DATA_DIR"];
  const home = homeFolder();
  if (process.platform === "win32") return join(env["APPDATA"] ?? needed(home), "jupyter");
  if (process.platform === "darwin") return join(needed(home), "Library", "Jupyter");
  return join(env["XDG_DATA_HOME"] || join(needed(home), ".local", "share"), "jupyter");
}

function needed(home: string | undefined): string {
  if (home !== undefined) return home;
  throw new InstallError(
    "This user has no home folder: set HOME to one, or give another folder with --prefix.",
  );
}
