import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CELLS } from "./packages/cells.js";
import type { PackageCell } from "./packages/package-cell.js";

// npm packages that people use in notebooks, as their READMEs use them, each in a notebook and a kernel
// of its own, with types checked: docs/packages.md. They are installed into a folder outside of this
// project. Usage: npm run bench:packages [-- FOLDER]. Exits with 1 when one does not work.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = resolve(process.argv[2] ?? join(tmpdir(), "typescript-kernel-packages"));
const [notebooks, executed] = [join(folder, "notebooks"), join(folder, "executed")];

/** A cell that comes before the type checker is ready would run unchecked. */
const WAIT = "await new Promise((resolve) => setTimeout(resolve, 3000));";

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ename?: string;
  readonly evalue?: string;
  readonly text?: string | readonly string[];
}

for (const made of [notebooks, executed]) {
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
}
cpSync(join(root, "bench", "packages", "package.json"), join(folder, "package.json"));
run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
for (const cell of CELLS) writeFileSync(join(notebooks, fileOf(cell)), notebookOf(cell));
const { resolve: find } = createRequire(import.meta.url);
const runner = join(
  dirname(find("notebook-runner/package.json")),
  "dist",
  "bundle",
  "cli",
  "bin.js",
);
const options = [
  "--kernel",
  "typescript",
  "--no-compare",
  "--allow-errors",
  "--allow-leaks",
  "--jobs",
  "2",
];
// What fails is told below.
spawnSync(process.execPath, [runner, ...options, "--output-dir", executed, notebooks], {
  cwd: root,
  stdio: ["ignore", "ignore", "inherit"],
});

const rows = CELLS.map((cell) => ({ cell, problem: problemOf(cell, outputsOf(cell)) }));
const works = rows.filter(({ problem }) => problem === undefined).length;
const table = rows.map(({ cell, problem }) => {
  const { version } = JSON.parse(
    readFileSync(join(folder, "node_modules", cell.name, "package.json"), "utf8"),
  ) as { version: string };
  return `| ${cell.name} | ${version} | ${shownAs(cell)} | ${problem ?? "yes"} |`;
});
writeFileSync(
  join(root, "docs", "packages.md"),
  `# npm packages in the kernel

Written by \`npm run bench:packages\`, which installs them into a folder of their own and runs each as
its README uses it, in a kernel of its own with types checked strictly. ${works} of ${CELLS.length} work, on Node
${process.version.replace(/\..*/, "")}; the cells are in \`bench/packages/cells.ts\`.

| package | version | shown as | works |
| ------- | ------- | -------- | ----- |
${table.join("\n")}
`,
);
run(process.execPath, [find("prettier/bin/prettier.cjs"), "--write", "docs/packages.md"], root);
console.log(`${works} of ${CELLS.length} packages work; see docs/packages.md.`);
for (const { cell, problem } of rows)
  if (problem !== undefined) console.log(`${cell.name}: ${problem}`);
process.exitCode = works === CELLS.length ? 0 : 1;

function run(program: string, args: readonly string[], cwd: string): void {
  const { status } = spawnSync(program, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  if (status === 0) return;
  console.error(`${program} ${args.join(" ")} failed; see above.`);
  process.exit(1);
}

function fileOf({ name }: PackageCell): string {
  return `${name.replaceAll("/", "-")}.ipynb`;
}

function notebookOf({ code }: PackageCell): string {
  const cells = [WAIT, code].map((source, index) => ({
    cell_type: "code",
    id: `cell-${index}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source: source.split(/(?<=\n)/),
  }));
  const metadata = {
    kernelspec: { name: "typescript", display_name: "TypeScript", language: "typescript" },
  };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

function outputsOf(cell: PackageCell): readonly Output[] {
  const file = readdirSync(executed, { recursive: true, encoding: "utf8" }).find((one) =>
    one.endsWith(fileOf(cell)),
  );
  if (file === undefined) return [];
  const { cells } = JSON.parse(readFileSync(join(executed, file), "utf8")) as {
    cells: readonly { outputs: readonly Output[] }[];
  };
  return cells[1]?.outputs ?? [];
}

/** What is wrong, in a line; undefined when the cell gave what it must. */
function problemOf({ gives }: PackageCell, outputs: readonly Output[]): string | undefined {
  const error = outputs.find(({ output_type }) => output_type === "error");
  if (error) return oneLine(`${error.ename}: ${error.evalue}`);
  const wanted = typeof gives === "string" ? { type: "text/plain", part: gives } : gives;
  const shown = outputs.flatMap(({ data }) =>
    data && wanted.type in data ? [textOf(data[wanted.type])] : [],
  );
  const fits = (text: string) =>
    typeof gives === "string" ? text === gives : text.includes(wanted.part);
  return shown.some(fits) ? undefined : oneLine(`gave ${shown.join() || "nothing"}`);
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.join("") : JSON.stringify(value);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|").slice(0, 160);
}

function shownAs({ gives }: PackageCell): string {
  return typeof gives === "string" ? "text" : gives.type;
}
