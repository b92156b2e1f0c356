import { createRequire } from "node:module";
import path from "node:path";

import { MissingTypeScriptError } from "./errors.js";

/**
 * The native program of the TypeScript package beside this code; npm puts it into a package of its
 * own for each machine, as an optional dependency of `typescript`.
 *
 * @throws MissingTypeScriptError when it is not installed
 */
export function findTypeScript(): string {
  const packageName = `@typescript/typescript-${process.platform}-${process.arch}`;
  try {
    const near = createRequire(import.meta.url).resolve("typescript/package.json");
    const manifest = createRequire(near).resolve(`${packageName}/package.json`);
    const program = process.platform === "win32" ? "tsc.exe" : "tsc";
    return path.join(path.dirname(manifest), "lib", program);
  } catch (error) {
    throw new MissingTypeScriptError(packageName, { cause: error });
  }
}
