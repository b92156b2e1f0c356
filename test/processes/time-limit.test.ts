import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { bundledTypescript } from "#runner/run/launch.js";
import { parseNotebook } from "#runner/read/notebook.js";
import { runNotebook } from "#runner/run/run-notebook.js";
import { notebookText } from "../runner/fixtures.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("a garbage collection takes no time limit away", async () => {
  const text = notebookText([{ source: "await new Promise(() => {});" }]);
  const { failures } = await runNotebook(parseNotebook("endless.ipynb", text), {
    launch: bundledTypescript(),
    env: process.env,
    rounds: 1,
    update: false,
    startupTimeoutSeconds: 60,
    cellTimeoutSeconds: 1,
    notebookTimeoutSeconds: 20,
    signal: new AbortController().signal,
    onCell: () => setTimeout(collectGarbage, 300),
  });
  expect(failures).toMatchObject([{ verdict: "cell-timeout", cellIndex: 0 }]);
});
