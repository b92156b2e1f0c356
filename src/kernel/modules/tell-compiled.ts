import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalSource } from "./local-source.js";

/**
 * Writes what V8 runs of a file, for whoever measures coverage (NODE_V8_COVERAGE tells places in it):
 * into the folder that TYPESCRIPT_KERNEL_COMPILED names, if it is set.
 */
export function tellCompiled(
  { path, maps }: LocalSource,
  code: string,
  prefixLength: number,
): void {
  const folder = process.env["TYPESCRIPT_KERNEL_COMPILED"];
  if (folder === undefined) return;
  const name = createHash("sha1").update(path).digest("hex");
  const source = readFileSync(path, "utf8");
  const json = JSON.stringify({ file: path, source, code, prefixLength, maps });
  writeFileSync(join(folder, `${name}.json`), json);
}
