import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";
import { parse } from "yaml";
import type { Failure } from "#runner/judge/verdicts.js";
import { runNotebooks, type RunEvent, type RunResult } from "#runner/run-notebooks.js";
import { root } from "../root.js";
import { writeFixture } from "./fixtures.js";

// What docs/runner.md and action.yml promise, with what they say.
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "places-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Action {
  readonly inputs: Record<string, { readonly default: string }>;
  readonly runs: {
    readonly steps: readonly { readonly run?: string; readonly env?: Record<string, string> }[];
  };
}

test("the action's script reports failures as the problem matcher of VS Code reads them", async () => {
  const own = { kernelspec: { name: "typescript", language: "typescript" } };
  const cells = [{ source: "const n = 1;\nthrow new Error(`100% wrong`);" }];
  await writeFixture(folder, "fails.ipynb", cells, own);
  // In place of the registry: npx --yes notebook-runner@VERSION.
  const bin = join(folder, "bin");
  await mkdir(bin);
  const runner = join(root, "src/runner/dist/bundle/cli/bin.js");
  await writeFile(join(bin, "npx"), `#!/bin/sh\nshift 2\nexec node '${runner}' "$@"\n`);
  await chmod(join(bin, "npx"), 0o755);

  const action = parse(await readFile(join(root, "action.yml"), "utf8")) as Action;
  const [step] = action.runs.steps;
  const inputs = Object.entries(step?.env ?? {}).map(([name, value]) => {
    const input = /inputs\.([\w-]+)/.exec(value)?.[1] ?? "";
    return [name, action.inputs[input]?.default ?? ""];
  });
  const summary = join(folder, "summary.md");
  const { stdout, status } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", step?.run ?? ""], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      ...(Object.fromEntries(inputs) as Record<string, string>),
      GITHUB_STEP_SUMMARY: summary,
      PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
    },
  });
  expect(status).toBe(1);
  expect(await readFile(summary, "utf8")).toContain("fails.ipynb");
  expect(await readFile(join(folder, "notebooks.html"), "utf8")).toContain("100% wrong");

  const docs = await readFile(join(root, "docs/runner.md"), "utf8");
  const [, json = "{}"] = /```json\n([^]*?)```/.exec(docs) ?? [];
  const { tasks } = JSON.parse(json) as {
    tasks: { problemMatcher: { pattern: { regexp: string; file: number; line: number } } }[];
  };
  const { regexp, file, line } = tasks[0]?.problemMatcher.pattern ?? { regexp: "^$" };
  const found = stdout.split("\n").flatMap((text) => new RegExp(regexp).exec(text) ?? []);
  const text = (await readFile(join(folder, "fails.ipynb"), "utf8")).split("\n");
  expect(found[file ?? 0]).toBe("fails.ipynb");
  expect(text[Number(found[line ?? 0]) - 1]).toContain("throw new Error");
});

test("the function and its events have the types that the docs use", () => {
  expectTypeOf(runNotebooks).returns.resolves.toEqualTypeOf<RunResult[]>();
  expectTypeOf<RunResult["failures"]>().toEqualTypeOf<readonly Failure[]>();
  expectTypeOf<Extract<RunEvent, { type: "cell-end" }>["milliseconds"]>().toBeNumber();
  type Options = Parameters<typeof runNotebooks>[0];
  expectTypeOf<{ notebooks: string }>().toExtend<Options>();
  expectTypeOf<{ notebooks: string; jobs: string }>().not.toExtend<Options>();
});
