import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import {
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { SettingError, StorageAwayError, StoredTooLargeError } from "../errors.js";
import { MARKER, mediaPath, WORKING } from "../media.js";
import type { Content, Storage, StoredFile, WriteOptions } from "./storage.js";

/** What a folder says that may be over later: no room, or a network that is away. */
const PASSING = ["ENOSPC", "EDQUOT", "EIO", "ESTALE", "ETIMEDOUT", "EROFS", "EMFILE", "ENFILE"];

/** Media in a folder of this machine, or one that machines share. */
export class FolderStorage implements Storage {
  constructor(readonly root: string) {}

  get shown(): string {
    return this.root;
  }

  async prepare(): Promise<string> {
    const path = join(this.root, MARKER);
    try {
      // Users' pictures are for this user only.
      await mkdir(this.root, { recursive: true, mode: 0o700 });
      const known = await readFile(path, "utf8").catch(unless("ENOENT"));
      // A disk that was full took the name and not the content.
      if (known === "") await unlink(path);
      if (!known) await this.#mark(path);
      return (await readFile(path, "utf8")).trim();
    } catch (error) {
      const { code = "unknown reason" } = error as NodeJS.ErrnoException;
      throw new SettingError("MEDIA_ROOT", this.root, `a folder that can be written (${code})`);
    }
  }

  /** Whole or not at all; the first one counts. */
  async #mark(path: string): Promise<void> {
    const beside = `${path}-${randomUUID()}`;
    try {
      await writeFile(beside, randomUUID(), { flag: "wx", mode: 0o600 });
      // Not all file systems have links.
      const move = (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") return rename(beside, path);
      };
      await link(beside, path).catch(move);
    } finally {
      await rm(beside, { force: true }).catch(() => {});
    }
  }

  async write(file: string, content: Content, { flush = false }: WriteOptions = {}): Promise<void> {
    const path = mediaPath(this.root, file);
    const beside = mediaPath(this.root, `${WORKING}/${flat(file)}-${randomUUID()}`);
    await passing(async () => {
      try {
        // A stream can be read only once.
        if (!(content instanceof Uint8Array)) await makeFolder(beside);
        const write = () => writeFile(beside, content, { flag: "wx", flush, mode: 0o600 });
        await write().catch(orWithFolder(beside, write));
        const move = () => rename(beside, path);
        await move().catch(orWithFolder(path, move));
      } catch (error) {
        await rm(beside, { force: true }).catch(() => {});
        throw error;
      }
    });
  }

  async read(file: string, maxBytes = Infinity): Promise<Buffer | undefined> {
    const path = mediaPath(this.root, file);
    const bytes = await passing(async () => {
      const handle = await open(path);
      try {
        const { size } = await handle.stat();
        if (size > maxBytes) throw new StoredTooLargeError(file, maxBytes);
        const content = Buffer.allocUnsafeSlow(size);
        const { bytesRead } = await handle.read(content, 0, size, 0);
        return bytesRead === size ? content : await handle.readFile();
      } finally {
        await handle.close();
      }
    }).catch(unless("ENOENT"));
    return bytes;
  }

  async find(file: string): Promise<StoredFile | undefined> {
    const path = mediaPath(this.root, file);
    const info = await passing(() => stat(path).catch(unless("ENOENT")));
    if (!info?.isFile()) return undefined;
    return { bytes: info.size, stream: async (part) => createReadStream(path, part) };
  }

  async link(): Promise<undefined> {
    return undefined;
  }

  async remove(file: string): Promise<void> {
    // `rm` looks first what it is.
    await passing(() => unlink(mediaPath(this.root, file)).catch(unless("ENOENT")));
  }

  async removeUnfinished(file: string): Promise<void> {
    const folder = join(this.root, WORKING);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (name.startsWith(`${flat(file)}-`)) await rm(join(folder, name), { force: true });
    }
  }

  async *olderThan(folder: string, before: number): AsyncGenerator<string> {
    const path = mediaPath(this.root, folder);
    const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      // Another worker may have removed it meanwhile.
      const info = await stat(file).catch(() => undefined);
      if (info && info.mtimeMs < before) yield `${folder}${file.slice(path.length)}`;
    }
  }

  async expireAfter(): Promise<undefined> {
    return undefined;
  }

  close(): void {}
}

const makeFolder = (path: string) => mkdir(dirname(path), { recursive: true, mode: 0o700 });

/** The folders are there but for the first time. */
function orWithFolder(path: string, again: () => Promise<void>) {
  return async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await makeFolder(path);
    await again();
  };
}

const flat = (file: string): string => file.replaceAll("/", "_");

function unless(code: string): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (error.code !== code) throw error;
    return undefined;
  };
}

async function passing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!PASSING.includes(code)) throw error;
    throw new StorageAwayError(code, { cause: error });
  }
}
