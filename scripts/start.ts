import { once } from "node:events";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { isUsersToMend } from "redis-lab-start/errors";
import { hasDisplay, LAB_HELP, readLabOptions, type LabChoices } from "redis-lab-start/lab-options";
import { openLab } from "redis-lab-start/lab";
import { endOnSignals } from "guarded-processes/until-signal";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const say = (line: string) => console.error(line);
const { signal, status } = endOnSignals();

try {
  const choices = readLabOptions(process.argv.slice(2));
  if (choices === undefined) process.stdout.write(LAB_HELP);
  else process.exitCode = await runLab(choices);
} catch (error) {
  if (!signal.aborted) {
    if (!isUsersToMend(error)) throw error;
    say(error.message);
    process.exitCode = 2;
  }
}
process.exitCode = status() ?? process.exitCode;

async function runLab({ port, host, browser, jobs }: LabChoices): Promise<number> {
  const openBrowser = browser && hasDisplay();
  const place = { root, env: process.env, log: say, signal };
  const lab = await openLab({ ...place, port, host, openBrowser, jobs });
  try {
    const { url, isPrivate } = lab.redis;
    const redis = url.replace(/\/\/.*@/, "//");
    say(`Redis:       ${redis}${isPrivate ? " (private, empty at each start)" : ""}`);
    if (lab.uploadPage !== undefined) say(`Upload page: ${lab.uploadPage}`);
    say(`JupyterLab:  ${lab.jupyter.url}`);
    say("Ctrl-C ends the lab. Save your changes in JupyterLab first (Ctrl-S).");
    const ended = await Promise.race([lab.ended, once(signal, "abort")]);
    if (signal.aborted || !("name" in ended)) return 0;
    say(`${ended.name} has ended by itself, so the lab ends.\n${ended.log.trimEnd()}`);
    return 1;
  } finally {
    await lab.stop();
  }
}
