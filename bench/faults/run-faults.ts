import { setTimeout as sleep } from "node:timers/promises";
import { shuffled } from "#lab/check/seeded-random.js";
import { filesOf, leftAfter } from "./left.js";
import { killProcess, roleOf, type Role } from "./processes.js";
import type { ProjectCopy } from "./project-copy.js";
import { RunningLab } from "./running-lab.js";
import { isWhole, Jobs, savedEdit, saveNotebook } from "./work.js";

export interface Fault {
  readonly killed: string;
  /** "running", or how many milliseconds after the start. */
  readonly moment: string;
  readonly became: string;
  /** Milliseconds until the lab was whole again, or all of it was gone. */
  readonly ms: number;
  readonly left: readonly string[];
  readonly lost: readonly string[];
}

export interface FaultOptions {
  readonly copy: ProjectCopy;
  readonly faults: number;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

const START_MS = 60_000;
/** How long a lab may take to be whole again, and to be gone. */
const WHOLE_MS = 40_000;
const GONE_MS = 10_000;
/** Ctrl-C ends a lab within so long. */
const END_MS = 5_000;
/** Five quick deaths of one service are its end: a lab gets fewer. */
const FAULTS_A_LAB = 4;

const LIVES_ON: readonly Role[] = ["worker", "page", "Redis", "kernel"];
const ENDS: readonly Role[] = ["npm", "start", "JupyterLab", "guard"];

/** Kills processes of labs, one after the other, and looks what becomes of each lab. */
export async function runFaults(options: FaultOptions): Promise<Fault[]> {
  const { copy, faults, random, signal, log } = options;
  const found: Fault[] = [];
  const keep = (fault: Fault) => {
    found.push(fault);
    log(`${found.length}: ${fault.killed}, ${fault.moment}: ${fault.became}, ${fault.ms} ms`);
    for (const line of [...fault.left, ...fault.lost]) log(`    ${line}`);
  };
  // The first one makes what stays in .lab.
  const { lab: first, startMs } = await opened(copy);
  await saveNotebook(first, 0);
  const jobs = await Jobs.enqueue(first, await first.redisUrl());
  await jobs.lost();
  await jobs.close();
  await ended(first);
  const before = await filesOf(copy);
  let roles: Role[] = [];
  while (found.length < faults && !signal.aborted) {
    if (random() < 0.4) {
      keep(await whileStarting(copy, random, startMs * 1.1, before));
      continue;
    }
    const { lab } = await opened(copy);
    for (let count = 0; count < FAULTS_A_LAB && found.length < faults && !lab.hasEnded; count++) {
      if (roles.length === 0) roles = shuffled([...LIVES_ON, ...LIVES_ON, ...ENDS], random);
      const role = roles.pop() ?? "npm";
      keep(await whileRunning(lab, role, random, before));
    }
    if (!lab.hasEnded) {
      const left = await ended(lab, before);
      if (left.length > 0) keep({ ...NOTHING, killed: "Ctrl-C", became: "ends", left });
    }
  }
  return found;
}

const NOTHING: Fault = { killed: "", moment: "running", became: "", ms: 0, left: [], lost: [] };

async function opened(copy: ProjectCopy): Promise<{ lab: RunningLab; startMs: number }> {
  const begun = performance.now();
  const lab = new RunningLab(copy);
  while (!lab.isReady) {
    if (!lab.hasEnded && performance.now() - begun < START_MS) await sleep(20);
    else {
      await lab.destroy();
      throw new Error(`The lab did not start:\n${lab.output}`);
    }
  }
  const startMs = performance.now() - begun;
  await lab.ask("/api/kernels", { method: "POST", body: "{}" });
  while ((await lab.pick("kernel", () => 0)) === undefined) await sleep(50);
  return { lab, startMs };
}

/** Ctrl-C, and what is left after it. */
async function ended(lab: RunningLab, before?: Set<string>): Promise<string[]> {
  const begun = performance.now();
  lab.interrupt();
  while (!lab.hasEnded && performance.now() - begun < GONE_MS) await sleep(20);
  const ms = performance.now() - begun;
  await untilGone(lab, GONE_MS);
  const left = before ? await leftAfter(lab, before) : [];
  if (ms > END_MS) left.push(`it ended ${Math.round(ms)} ms after Ctrl-C`);
  await lab.destroy();
  return left;
}

async function untilGone(lab: RunningLab, limitMs: number): Promise<number> {
  const begun = performance.now();
  while ((await lab.processes()).length > 0 && performance.now() - begun < limitMs) await sleep(50);
  return Math.round(performance.now() - begun);
}

/** Kills what is there at a random moment of a start. */
async function whileStarting(
  copy: ProjectCopy,
  random: () => number,
  withinMs: number,
  before: Set<string>,
): Promise<Fault> {
  const lab = new RunningLab(copy);
  const moment = Math.round(random() * withinMs);
  await sleep(moment);
  const [victim] = shuffled(await lab.processes(), random);
  const killed = victim ? nameOf(victim.command) : "nothing";
  killProcess(victim?.pid);
  const fault = { ...NOTHING, killed, moment: `${moment} ms after the start` };
  const begun = performance.now();
  while (performance.now() - begun < WHOLE_MS && !lab.hasEnded) {
    if (lab.isReady && (await isWhole(lab))) break;
    await sleep(50);
  }
  const ms = Math.round(performance.now() - begun);
  if (lab.hasEnded) {
    const { exitCode, signalCode } = lab.npm;
    const goneMs = await untilGone(lab, GONE_MS);
    const left = await leftAfter(lab, before);
    await lab.destroy();
    if (/^\s+at .*\(?(file:|node:|\/)/m.test(lab.output)) left.push(`a stack:\n${lab.output}`);
    return { ...fault, became: `ends, ${exitCode ?? signalCode}`, ms: ms + goneMs, left };
  }
  const isUp = lab.isReady && (await isWhole(lab));
  const left = await ended(lab, before);
  if (!isUp) left.push(`neither whole nor gone:\n${lab.output}`);
  return { ...fault, became: isUp ? "starts" : "hangs", ms, left };
}

/** Kills one of a role, while a notebook is being saved and jobs are at work. */
async function whileRunning(
  lab: RunningLab,
  role: Role,
  random: () => number,
  before: Set<string>,
): Promise<Fault> {
  const edit = Math.floor(random() * 1e6) * 2;
  await saveNotebook(lab, edit);
  const jobs = await Jobs.enqueue(lab, await lab.redisUrl());
  try {
    const saving = saveNotebook(lab, edit + 1).catch(() => {});
    await sleep(random() * 500);
    const victim = await lab.pick(role, random);
    const words = lab.output.length;
    killProcess(victim?.pid);
    const fault = { ...NOTHING, killed: victim ? role : `no ${role}` };
    if (role === "guard") {
      await sleep(1000);
      killProcess((await lab.pick("start", random))?.pid);
    }
    const lost: string[] = [];
    const result = ENDS.includes(role)
      ? await endsBy(lab, fault, before)
      : await goesOn(lab, fault, victim?.pid);
    await saving;
    const found = await savedEdit(lab);
    if (found !== edit && found !== edit + 1) lost.push(`edit ${edit} (there is ${found})`);
    if (role === "Redis" && !/is empty/.test(lab.output.slice(words))) {
      lost.push("the queue, without a word");
    }
    if (LIVES_ON.includes(role) && role !== "Redis") {
      const count = await jobs.lost();
      if (count > 0) lost.push(`${count} jobs`);
    }
    return { ...result, lost };
  } finally {
    await jobs.close();
  }
}

async function endsBy(lab: RunningLab, fault: Fault, before: Set<string>): Promise<Fault> {
  const ms = await untilGone(lab, GONE_MS);
  const left = await leftAfter(lab, before);
  await lab.destroy();
  const killed = fault.killed === "guard" ? "guard, then start" : fault.killed;
  return { ...fault, killed, became: "ends", ms, left };
}

async function goesOn(lab: RunningLab, fault: Fault, victim?: number): Promise<Fault> {
  const begun = performance.now();
  const role = fault.killed as Role;
  while (performance.now() - begun < WHOLE_MS && !lab.hasEnded) {
    const again = await lab.pick(role, () => 0);
    if (again !== undefined && again.pid !== victim && (await isWhole(lab))) {
      const ms = Math.round(performance.now() - begun);
      return { ...fault, became: "is started again", ms };
    }
    await sleep(50);
  }
  const left = [`not whole after ${WHOLE_MS} ms:\n${lab.output}`];
  await lab.destroy();
  return { ...fault, became: lab.hasEnded ? "ends" : "stays away", left };
}

function nameOf(command: string): string {
  const role = roleOf({ command });
  return role === "other" ? command.slice(0, 60) : role;
}
