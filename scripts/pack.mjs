// What the scripts that pack a package share.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Packs a folder as a package with this project's version, licence and versions of dependencies.
 * Prints the tarball's path.
 *
 * @param {string} made the folder
 * @param {string} readme its README.md
 * @param {string} destination the tarball's folder
 * @param {string[]} dependencies names
 * @param {(own: { dependencies: Record<string, string> }) => object} describe the rest of package.json
 */
export function pack(made, readme, destination, dependencies, describe) {
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const description = {
    version: own.version,
    license: own.license,
    type: "module",
    engines: own.engines,
    dependencies: Object.fromEntries(dependencies.map((name) => [name, own.dependencies[name]])),
    ...describe(own),
  };
  writeFileSync(join(made, "package.json"), `${JSON.stringify(description, undefined, 2)}\n`);
  copyFileSync(join(root, "LICENSE"), join(made, "LICENSE"));
  copyFileSync(readme, join(made, "README.md"));
  mkdirSync(destination, { recursive: true });
  const packed = run("npm", ["pack", "--json", "--pack-destination", destination], made);
  console.log(join(destination, JSON.parse(packed)[0].filename));
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 * @returns {string} what it printed
 */
export function run(command, args, cwd) {
  const { status, stdout } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) {
    console.error(stdout);
    process.exit(1);
  }
  return stdout;
}
