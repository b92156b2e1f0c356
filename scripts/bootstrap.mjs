// Makes the project ready, then runs one of its scripts: `node scripts/bootstrap.mjs [NAME] [ARG...]`.
// It uses Node's built-ins only, because on a bare clone there is nothing else.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withLock } from "../src/processes/lock.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name, ...args] = process.argv.slice(2);

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node 20.19 or later is needed; this is ${process.version}. Install it from nodejs.org.`);
}
const lab = join(root, ".lab");
// Pictures, tokens, passwords, copies of notebooks: for this user only.
try {
  mkdirSync(lab, { recursive: true, mode: 0o700 });
  chmodSync(lab, 0o700);
} catch {
  // Another user's, or read-only: what needs it says so.
}
if (installIsStale() || buildIsStale()) {
  const lock = join(lab, "bootstrap.lock");
  const onWait = (/** @type {number} */ pid) =>
    console.error(`Process ${pid} is setting up this project; waiting for it.`);
  try {
    await withLock(lock, setUp, { onWait });
  } catch (error) {
    fail(`The project cannot be set up: ${/** @type {Error} */ (error).message}.`, 2);
  }
}
if (name !== undefined) {
  const script = join(root, "dist", "scripts", `${name}.js`);
  if (!existsSync(script))
    fail(`There is no script "${name}": package.json lists those there are.`);
  process.argv = [process.execPath, script, ...args];
  await import(pathToFileURL(script).href);
}

/** Asks again inside the lock: another process may have done the work while this one waited. */
function setUp() {
  if (installIsStale()) {
    console.error("Installing the packages that package-lock.json names (npm ci) ...");
    // npm may be called by another program; npm itself says where it is.
    const npm = process.env.npm_execpath;
    const command = ["ci", "--include=dev", "--no-audit", "--no-fund"];
    if (npm === undefined) run("npm", command);
    else run(process.execPath, [npm, ...command]);
  }
  if (buildIsStale()) run(process.execPath, [join(root, "scripts", "build.mjs")]);
}

function installIsStale() {
  const wanted = join(root, "package-lock.json");
  const installed = join(root, "node_modules", ".package-lock.json");
  if (modified(wanted) <= modified(installed)) return false;
  // `npm install` and git may touch the lock file and change nothing in it.
  return modified(installed) === 0 || !sameVersions(packagesOf(wanted), packagesOf(installed));
}

function packagesOf(/** @type {string} */ file) {
  const { "": _project, ...packages } = JSON.parse(readFileSync(file, "utf8")).packages;
  return /** @type {Record<string, { version?: string, optional?: boolean }>} */ (packages);
}

/** Optional packages, such as binaries for other platforms, may be absent from what is installed. */
function sameVersions(
  /** @type {ReturnType<typeof packagesOf>} */ wanted,
  /** @type {ReturnType<typeof packagesOf>} */ installed,
) {
  return (
    Object.entries(wanted).every(([path, { optional }]) => optional || path in installed) &&
    Object.entries(installed).every(([path, { version }]) => wanted[path]?.version === version)
  );
}

function buildIsStale() {
  const built = builtAt();
  const sources = ["src", "scripts", "bench", "tsconfig.json", "package.json"];
  return built === 0 || sources.some((source) => newest(join(root, source)) > built);
}

function builtAt() {
  try {
    return Number(readFileSync(join(root, "dist", ".built"), "utf8"));
  } catch {
    return 0;
  }
}

/** The last change of a file, or of anything below a folder but what the build writes there. */
function newest(/** @type {string} */ path) {
  if (!statSync(path).isDirectory()) return modified(path);
  let latest = 0;
  for (const entry of readdirSync(path)) {
    if (entry === "dist" || entry === "node_modules" || entry === ".venv") continue;
    latest = Math.max(latest, newest(join(path, entry)));
  }
  return latest;
}

function modified(/** @type {string} */ file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function run(/** @type {string} */ command, /** @type {string[]} */ commandArgs) {
  const { status, signal, error } = spawnSync(command, commandArgs, {
    cwd: root,
    stdio: "inherit",
  });
  if (error) fail(`Cannot start ${command}: ${error.message}`);
  if (signal) fail(`${command} was ended by ${signal}.`);
  if (status !== 0) fail(`The set-up failed: ${[command, ...commandArgs].join(" ")} (see above).`);
}

/** @returns {never} */
function fail(/** @type {string} */ message, status = 1) {
  console.error(message);
  process.exit(status);
}
