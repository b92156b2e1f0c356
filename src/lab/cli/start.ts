import { once } from "node:events";
import { basename } from "node:path";
import { LAB, root } from "../project.js";
import { hasDisplay, LAB_HELP, readLabOptions, type LabChoices } from "../lab-options.js";
import { openLab } from "../lab.js";
import { runMain } from "guarded-processes/run-main";

const say = (line: string) => console.error(line);

/** Milliseconds after Ctrl-C at which the lab ends, whatever does not answer: guards end the rest. */
const END_MS = 4500;

await runMain(LAB, async ({ signal, status }) => {
  signal.addEventListener("abort", () => setTimeout(() => process.exit(status()), END_MS).unref());
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
    if (lab.jupyter.foreign.length > 0) say(describeForeign(lab.jupyter.foreign));
    say("Ctrl-C ends the lab. JupyterLab saves your changes every two minutes, and on Ctrl-S.");
    const ended = await Promise.race([lab.ended, once(signal, "abort")]);
    if (signal.aborted || !("log" in ended)) return 0;
    say(`JupyterLab has ended by itself, so the lab ends.\n${ended.log.trimEnd()}`);
    return 1;
  } finally {
    await lab.stop();
  }
}

function describeForeign(files: readonly string[]): string {
  const names = files.map((file) => basename(file)).join(", ");
  return (
    `Untrusted:   ${names}. Not as the project ships them, so JupyterLab shows no stored charts or scripts of ` +
    "theirs. To trust one, open it and choose Trust Notebook in the command palette (Ctrl-Shift-C)."
  );
}
