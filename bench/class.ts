import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// A class of thirty made-up hand-ins, right, wrong and hostile, graded in one command:
// `npm run bench:class`. Prints what each kind came to, time and memory.
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const STEM = "1.2-key-4";
const victim = "victim.txt";

interface Cell {
  cell_type: string;
  source: string | string[];
  metadata: { jupyter?: object };
}

const RIGHT = "const nextTicket = (key: string) => redis.incr(key);";
/** By what is expected of the first exercise. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  solved: [
    RIGHT,
    "const nextTicket = async (key: string) => redis.incrby(key, 1);",
    `${RIGHT}\nconst { rmSync } = await import("node:fs");\nfor (const one of ["pictures", "FOLDER/${victim}"]) try { rmSync(one, { recursive: true }); } catch {}`,
    `${RIGHT}\nconst { spawn } = await import("node:child_process");\nspawn("sleep", ["9876"], { detached: true, stdio: "ignore" }).unref();`,
  ],
  "not-yet": [
    "const nextTicket = async (key: string) => Number(await redis.get(key)) + 1;",
    'const nextTicket = (key: string) => 1;\nconsole.log("✔ correct");',
    '// @ts-nocheck\nconst nextTicket = () => 1;\nconst { cache } = (await import("node:module")).createRequire(process.cwd() + "/");\nfor (const [file, { exports }] of Object.entries(cache)) if (/lib.dist/.test(file)) for (const key of Object.keys(exports)) try { exports[key] = async () => {}; } catch {}',
  ],
  error: ["const other = 1;", "const nextTicket = (", 'throw new Error("no");'],
  "too-long": [`${RIGHT}\nwhile (true) {}`, `${RIGHT}\nawait new Promise(() => {});`],
  stopped: ["process.exit(0);", 'process.kill(process.pid, "SIGKILL");'],
  // Whichever limit is reached first.
  "stopped or too-long": ['while (true) { console.log("x".repeat(1_000_000)); await null; }'],
};

const folder = await mkdtemp(join(tmpdir(), "redis-lab-class-"));
try {
  await writeFile(join(folder, victim), "kept");
  const text = await readFile(join(root, "notebooks", `${STEM}.ipynb`), "utf8");
  const kinds = Object.entries(ANSWERS).flatMap(([kind, answers]) =>
    answers.map((answer) => ({ kind, answer })),
  );
  const expected: string[] = [];
  for (let i = 0; i < 30; i++) {
    const { kind, answer } = kinds[i % kinds.length]!;
    const student = `student-${String(i + 1).padStart(2, "0")}`;
    const notebook = JSON.parse(text) as { cells: Cell[] };
    notebook.cells = notebook.cells.filter(({ metadata }) => metadata.jupyter === undefined);
    const first = notebook.cells.find(({ source }) =>
      /attempt\("[^"]+\/1"/.test([source].flat().join("")),
    );
    if (first) first.source = answer.replace("FOLDER", folder);
    await mkdir(join(folder, "class", student), { recursive: true });
    await writeFile(join(folder, "class", student, `${STEM}.ipynb`), JSON.stringify(notebook));
    expected.push(`${student} ${kind}`);
  }
  const started = performance.now();
  const command = [join(root, "scripts", "bootstrap.mjs"), "grade", join(folder, "class")];
  const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
  const seconds = (performance.now() - started) / 1000;
  const csv = await readFile(join(folder, "class", "grades.csv"), "utf8");
  const got = csv
    .split("\r\n")
    .map((line) => line.split(","))
    .filter(([, , exercise]) => exercise === "1.2-4/1")
    .map(([student, , , kind]) => `${student} ${kind}`);
  const wrong = expected.filter((line) => {
    const [student, ...allowed] = line.split(/ or | /);
    return !allowed.some((kind) => got.includes(`${student} ${kind}`));
  });
  console.log(
    `status ${status}, ${seconds.toFixed(1)} s, ${process.resourceUsage().maxRSS} KB here`,
  );
  console.log(wrong.length === 0 ? "The table is right." : `NOT AS EXPECTED: ${wrong.join("; ")}`);
  const kept = (await readFile(join(folder, victim), "utf8").catch(() => "gone")) === "kept";
  console.log(kept ? "No file was touched." : "A FILE OF THE TEACHER IS GONE");
  process.exitCode = wrong.length === 0 && kept ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
