import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "#kernel/install/install.js";
import { labFiles, labFolderOf } from "redis-lab-jobs/lab-folder";

// Runs the Jupyter project's own tests of kernels, jupyter_kernel_test, against ours.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const venv = labFiles(labFolderOf(root)).kernelProtocol;
const python = join(venv, "bin", "python");
const PACKAGE = "jupyter_kernel_test==0.7.0";

if (!existsSync(python) || spawnSync(python, ["-c", "import jupyter_kernel_test"]).status !== 0) {
  console.error(`Installing ${PACKAGE} into .lab/kernel-protocol (once) ...`);
  must("python3", ["-m", "venv", venv]);
  must(python, ["-m", "pip", "install", "-q", PACKAGE]);
}
const prefix = await mkdtemp(join(tmpdir(), "typescript-kernel-"));
try {
  await install(["--prefix", prefix]);
  const { status } = spawnSync(python, [join(root, "test", "kernel", "protocol_test.py"), "-v"], {
    stdio: "inherit",
    cwd: root,
    env: { ...process.env, JUPYTER_PATH: join(prefix, "share", "jupyter") },
  });
  process.exitCode = status ?? 1;
} finally {
  await rm(prefix, { recursive: true, force: true });
}

function must(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: see above.`);
}
