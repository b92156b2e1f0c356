import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Which notebooks of a project are, byte by byte, what git has of them at HEAD: their outputs are the
 * project's. All others are somebody's.
 *
 * @param root the project's folder
 * @returns absolute paths; none is shipped where there is no git
 */
export async function shippedNotebooks(
  root: string,
): Promise<{ readonly shipped: string[]; readonly foreign: string[] }> {
  const folder = join(root, "notebooks");
  const known = await blobsAtHead(root);
  const shipped: string[] = [];
  const foreign: string[] = [];
  const namesIn = (path: string): Promise<string[]> => readdir(path).catch(() => []);
  const polish = await namesIn(join(folder, "pl"));
  const names = [...(await namesIn(folder)), ...polish.map((name) => `pl/${name}`)];
  for (const name of names) {
    if (!name.endsWith(".ipynb")) continue;
    const file = join(folder, name);
    const content = await readFile(file).catch(() => undefined);
    const isShipped = content !== undefined && known.get(name) === blobId(content);
    (isShipped ? shipped : foreign).push(file);
  }
  return { shipped, foreign };
}

async function blobsAtHead(root: string): Promise<Map<string, string>> {
  try {
    const args = ["ls-tree", "-z", "HEAD", "notebooks/", "notebooks/pl/"];
    const { stdout } = await promisify(execFile)("git", args, { cwd: root, timeout: 10_000 });
    const lines = stdout.split("\0").filter((line) => line.includes("\t"));
    return new Map(
      lines.map((line): [string, string] => {
        const [about = "", path = ""] = line.split("\t");
        return [path.replace("notebooks/", ""), about.split(" ")[2] ?? ""];
      }),
    );
  } catch {
    return new Map();
  }
}

/** As git names content. */
function blobId(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
