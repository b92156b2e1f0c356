import type { Run, TestKernel } from "./client.js";

/** Waits until types are checked: the first cells may run unchecked while the checker starts. */
export async function untilChecked(kernel: TestKernel): Promise<Run> {
  for (;;) {
    const run = await kernel.run("const first: number = 'x'");
    if (run.reply.content["ename"] === "TypeScriptError") return run;
  }
}
