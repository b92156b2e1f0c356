import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { notebookJson } from "./notebook-json.js";
import type { PeerNotebook } from "./peer-notebook.js";

/** A notebook of which the runner has made something else than it must: in words. */
export interface Difference {
  readonly name: string;
  readonly difference: string;
}

interface EndLine {
  readonly event: string;
  readonly notebook: string;
  readonly failures: readonly { readonly verdict: string; readonly cellIndex?: number }[];
  readonly cells: readonly { readonly status: string }[];
}

/**
 * Writes notebooks and runs them, those that have the same options in one run.
 *
 * @param command the runner
 * @param env holds what finds the kernel python3
 * @returns those that it does not do right
 */
export async function runPeers(
  notebooks: readonly PeerNotebook[],
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Difference[]> {
  const folder = await mkdtemp(join(tmpdir(), "peers-"));
  try {
    const groups = new Map<string, PeerNotebook[]>();
    for (const one of notebooks) {
      const key = JSON.stringify(one.args ?? []);
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    const all: Difference[] = [];
    for (const [index, group] of [...groups.values()].entries()) {
      const place = join(folder, String(index));
      await mkdir(place);
      all.push(...(await runGroup(group, place, command, env)));
    }
    return all;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runGroup(
  group: readonly PeerNotebook[],
  folder: string,
  [program = "", ...first]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Difference[]> {
  for (const { name, files = {}, ...rest } of group) {
    await writeFile(join(folder, `${name}.ipynb`), notebookJson(rest));
    for (const [file, content] of Object.entries(files))
      await writeFile(join(folder, file), content);
  }
  const args = [...first, "--jobs", "2", "--jsonl", "events.jsonl", ...(group[0]?.args ?? []), "."];
  const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const [printed, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  // With --inspect nothing runs, and there are no events.
  const events = await readFile(join(folder, "events.jsonl"), "utf8").catch(() => "");
  const ends = events
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EndLine)
    .filter(({ event }) => event === "end");
  return group.flatMap((one) => {
    const end = ends.find(({ notebook }) => basename(notebook) === `${one.name}.ipynb`);
    const difference = differenceOf(one, end, printed);
    return difference === undefined ? [] : [{ name: one.name, difference: difference + errors }];
  });
}

function differenceOf(one: PeerNotebook, end: EndLine | undefined, printed: string) {
  const { gives, prints, cells } = one;
  const codeCells = cells.map((cell) => (typeof cell === "string" ? cell : cell.source));
  const runs = one.runs ?? codeCells.filter((source) => source !== "").length;
  const failures = end?.failures ?? [];
  const came = failures.map(({ verdict, cellIndex }) =>
    cellIndex === undefined ? verdict : `${verdict} ${cellIndex + 1}`,
  );
  const ran = (end?.cells ?? []).filter(({ status }) => !/^(?:skipped|not-run)$/.test(status));
  const wrong = [
    ...(came.join() === gives.join() ? [] : [`gives ${came.join(", ") || "nothing"}`]),
    ...(ran.length === runs || end === undefined ? [] : [`runs ${ran.length} cells, not ${runs}`]),
    ...(prints?.test(printed) === false ? [`does not print ${prints.source}`] : []),
    ...(end === undefined && runs > 0 ? ["did not run"] : []),
  ];
  return wrong.length === 0 ? undefined : `${wrong.join("; ")} (${one.why})\n${printed}`;
}
