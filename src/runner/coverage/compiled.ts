import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/** A file as the TypeScript kernel has compiled it. */
export interface Compiled {
  readonly file: string;
  readonly source: string;
  /** What V8 runs. */
  readonly code: string;
  /** How much of it stands before what is compiled. */
  readonly prefixLength: number;
  /** Source maps, as JSON, from the last step to the first. */
  readonly maps: readonly string[];
}

/** What a kernel has written since it was last read: it is read, and removed. */
export async function compiledIn(folder: string): Promise<Compiled[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const compiled = JSON.parse(await readFile(file, "utf8")) as Compiled;
      await rm(file);
      return compiled;
    }),
  );
}
