import type { PeerNotebook } from "./peer-notebook.js";

/** Two that wait for each other: only at the same time can they pass. */
export const meeting = (own: string, other: string): PeerNotebook => ({
  name: `Parallel Execute ${own}`,
  cells: [
    "import pathlib, time",
    `pathlib.Path("met-${own}").write_text("here")`,
    "end = time.time() + 20\n" +
      `while not pathlib.Path("met-${other}").exists():\n` +
      "    assert time.time() < end\n    time.sleep(0.05)",
  ],
  gives: [],
  why: "notebooks run side by side, each in a kernel of its own",
});
