import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import type { ProjectCopy } from "./project-copy.js";
import type { RunningLab } from "./running-lab.js";

/** What a lab writes to: users' pictures and archives stay for a day, by design. */
const FOLDERS = [".lab", "notebooks"];
const STAYS = /^\.lab\/media\/(incoming|archives|working)\/|^notebooks\/faults\.ipynb$/;

/** The files of a project that may change while a lab runs. */
export async function filesOf({ root }: ProjectCopy): Promise<Set<string>> {
  const all = new Set<string>();
  for (const folder of FOLDERS) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) all.add(relative(root, join(entry.parentPath, entry.name)));
  }
  return all;
}

/**
 * Processes, files, folders, sockets and ports that are left of a lab that has ended.
 *
 * @param before what there was, to which is added what is left: so it is told once
 */
export async function leftAfter(lab: RunningLab, before: Set<string>): Promise<string[]> {
  const { copy } = lab;
  const processes = (await lab.processes()).map(({ pid, command }) => `process ${pid} ${command}`);
  const temporary = (await readdir(copy.tmp)).map((name) => `TMPDIR/${name}`);
  const files = [...(await filesOf(copy))].filter((name) => !STAYS.test(name));
  const isNew = (name: string) => !before.has(name);
  const left = [
    ...processes,
    ...[...temporary, ...files].filter(isNew),
    ...(await lab.openPorts()),
  ];
  for (const name of left) before.add(name);
  return left;
}
