import { once } from "node:events";
import { LAB, root } from "../project.js";
import { hasDisplay, LAB_HELP, readLabOptions, type LabChoices } from "../lab-options.js";
import { openLab } from "../lab.js";
import { runMain } from "guarded-processes/run-main";

const say = (line: string) => console.error(line);

await runMain(LAB, async ({ signal }) => {
  const choices = readLabOptions(process.argv.slice(2));
  if (choices !== undefined) return runLab(choices, signal);
  process.stdout.write(LAB_HELP);
});

async function runLab(
  { port, host, browser, jobs }: LabChoices,
  signal: AbortSignal,
): Promise<number> {
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
