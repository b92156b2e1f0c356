import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { built } from "../lab/fixtures.js";

// A program of npm's whose npm was killed before the program could look: its shell is an orphan.
test("a program whose npm has gone before it began ends", async () => {
  const module = built("processes/end-on-signals.js");
  const program = `
    import { readFileSync } from "node:fs";
    const { endOnSignals } = await import(${JSON.stringify(module)});
    const above = /^PPid:\\s*(\\d+)/m.exec(readFileSync(\`/proc/\${process.ppid}/status\`, "utf8"))[1];
    const { signal } = endOnSignals();
    const say = (text) => { console.log(above + " " + text); process.exit(); };
    signal.addEventListener("abort", () => say("ended"));
    setTimeout(() => say("lives"), 3000);`;
  // The one that starts it is gone before it looks.
  const script = `("$0" -e 'setTimeout(() => {}, 300)'; sh -c '"$0" --input-type=module -e "$1"; true' "$0" "$1") &`;
  const child = spawn("sh", ["-c", script, process.execPath, program], {
    env: { ...process.env, npm_lifecycle_event: "start" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  await once(child, "close");
  // Some systems leave orphans to another process, where the program cannot know.
  const [above, what] = output.trim().split(" ");
  expect(what).toBe(above === "1" ? "ended" : "lives");
}, 30_000);
