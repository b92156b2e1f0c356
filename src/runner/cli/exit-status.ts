import type { Verdict } from "../judge/verdicts.js";
import type { RunResult } from "../run/run-events.js";

/** What the machine is to blame for, not the notebook. */
const ENVIRONMENT = new Set<Verdict>(["no-kernel", "startup-timeout"]);

/**
 * The exit status of a run: 0 all passed, 1 a notebook has failed, 2 a file is no notebook, 3 nothing
 * has failed but what could not run, since the environment is broken.
 */
export function exitStatus(results: readonly Pick<RunResult, "failures">[]): number {
  const failures = results.flatMap((result) => result.failures);
  if (failures.some(({ verdict }) => verdict === "invalid-notebook")) return 2;
  if (failures.length === 0) return 0;
  return failures.every(isEnvironment) ? 3 : 1;
}

function isEnvironment({ verdict, cellIndex }: RunResult["failures"][number]): boolean {
  // No cell is to blame for a kernel that died while it was starting.
  return ENVIRONMENT.has(verdict) || (verdict === "kernel-died" && cellIndex === undefined);
}
