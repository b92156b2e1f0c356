import { createRequire, Module } from "node:module";
import { join } from "node:path";
import type { Importer } from "../modules/importer.js";

/** Names of the notebook's file are not known to a kernel: its folder is what counts. */
const NOTEBOOK = "notebook.ts";

/**
 * What the cells have of a CommonJS file: they are the program that Node was started with, for
 * `require.main === module` and `process.argv` as well.
 */
export function cellModule(importer: Importer): {
  require: NodeJS.Require;
  module: NodeJS.Module;
  exports: unknown;
  __filename: string;
  __dirname: string;
} {
  const filename = join(importer.folder, NOTEBOOK);
  const module: NodeJS.Module = new Module(".");
  Object.assign(module, { filename, path: importer.folder });
  (process as { mainModule?: NodeJS.Module }).mainModule = module;
  process.argv.splice(1, Infinity, filename);
  // After that, since it takes its `main` from there.
  const require = importer.require(createRequire(filename));
  Object.assign(module, { require, paths: require.resolve.paths("a") });
  const { exports } = module as { exports: unknown };
  return { require, module, exports, __filename: filename, __dirname: importer.folder };
}
