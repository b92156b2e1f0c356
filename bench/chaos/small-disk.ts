import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk of so many bytes, in memory, for tests and fault runs: it needs the right to mount one. */
export class SmallDisk {
  private constructor(readonly path: string) {}

  /** @throws {Error} where nothing may be mounted */
  static async open(bytes: number): Promise<SmallDisk> {
    const path = await mkdtemp(join(tmpdir(), "small-disk-"));
    const args = ["-t", "tmpfs", "-o", `size=${bytes},mode=0700`, "tmpfs", path];
    try {
      execFileSync("mount", args, { stdio: ["ignore", "ignore", "pipe"] });
    } catch (error) {
      await rm(path, { recursive: true });
      throw error;
    }
    return new SmallDisk(path);
  }

  /** Whether this user may mount one. */
  static async isPossible(): Promise<boolean> {
    const disk = await SmallDisk.open(4096).catch(() => undefined);
    await disk?.close();
    return disk !== undefined;
  }

  /** Leaves no room at all. */
  async fill(): Promise<void> {
    for (let bytes = 65_536; bytes >= 4096; bytes /= 2) {
      for (let i = 0; ; i++) {
        const file = join(this.path, `filler-${bytes}-${i}`);
        const isWritten = await writeFile(file, Buffer.alloc(bytes)).then(
          () => true,
          () => false,
        );
        if (!isWritten) {
          await rm(file, { force: true });
          break;
        }
      }
    }
  }

  /** Gives back the room that `fill` took. */
  async free(): Promise<void> {
    for (const name of await readdir(this.path)) {
      if (name.startsWith("filler-")) await rm(join(this.path, name), { force: true });
    }
  }

  async close(): Promise<void> {
    execFileSync("umount", ["-l", this.path]);
    await rm(this.path, { recursive: true });
  }
}
