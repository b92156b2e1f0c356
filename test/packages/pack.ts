import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../root.js";

/**
 * Packs one of the workspaces as it would be published.
 *
 * @returns the tarball's path in that folder
 */
export async function pack(name: string, folder: string): Promise<string> {
  const args = ["pack", "-w", name, "--json", "--pack-destination", folder];
  const { stdout } = await promisify(execFile)("npm", args, { cwd: root });
  // What `prepack` prints comes before.
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as [{ filename: string }];
  return join(folder, filename);
}
