import { cp, mkdir, readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";

/**
 * Lays a user's own copy of the lab out: the notebooks, which are the user's from then on, and a link
 * to the project's packages. What is there already stays as it is, so that a new release brings new
 * notebooks and touches none that the user has.
 *
 * @param project the project's folder
 * @param folder the user's; it is made
 * @returns the notebooks that are new, as absolute paths
 */
export async function layOutUserFolder(project: string, folder: string): Promise<string[]> {
  const [from, to] = [join(project, "notebooks"), join(folder, "notebooks")];
  await mkdir(join(folder, ".lab"), { recursive: true, mode: 0o700 });
  const link = join(folder, "node_modules");
  // The project may have moved since.
  await rm(link, { force: true });
  await symlink(join(project, "node_modules"), link);
  const before = new Set(await notebooksIn(to));
  await cp(from, to, { recursive: true, force: false });
  return (await notebooksIn(to)).filter((name) => !before.has(name)).map((name) => join(to, name));
}

async function notebooksIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(".ipynb") && !name.includes(".ipynb_checkpoints"));
}
