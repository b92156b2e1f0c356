import { createRequire, syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Worker, WorkerOptions } from "node:worker_threads";
import { resolveLocal } from "../modules/resolve-local.js";

type Start = [file: string | URL, options?: WorkerOptions];

/**
 * Lets a `Worker` be given a TypeScript file: it begins with `worker-entry.ts`, which loads the file as
 * cells load theirs.
 */
export function runTypeScriptInWorkers(): void {
  const threads = createRequire(import.meta.url)("node:worker_threads") as {
    Worker: typeof Worker;
  };
  const entry = new URL("./worker-entry.js", import.meta.url);
  threads.Worker = new Proxy(threads.Worker, {
    construct(target, [file, options]: Start, newTarget) {
      const source = options?.eval === true ? undefined : typescriptFile(file);
      if (source === undefined)
        return Reflect.construct(target, [file, options], newTarget) as Worker;
      const argv = [source, ...(options?.argv ?? [])];
      return Reflect.construct(target, [entry, { ...options, argv }], newTarget) as Worker;
    },
  });
  syncBuiltinESMExports();
}

function typescriptFile(file: string | URL): string | undefined {
  const isUrl = file instanceof URL || file.startsWith("file:");
  if (isUrl && !String(file).startsWith("file:")) return undefined;
  const path = isUrl ? fileURLToPath(String(file).replace(/[?#].*$/, "")) : file;
  if (!/^\.{0,2}[\\/]|^[A-Za-z]:[\\/]/.test(path)) return undefined;
  const found = resolveLocal(path, join(process.cwd(), "_.ts"));
  return found !== undefined && /\.[cm]?tsx?$/.test(found) ? found : undefined;
}
