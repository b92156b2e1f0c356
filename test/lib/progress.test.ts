import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { progress } from "#lib/index.js";
import { rememberSolved } from "#lib/exercises/progress.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "progress-"));
  await mkdir(join(folder, ".lab"));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true });
});

async function shown(): Promise<string> {
  const outputs: string[] = [];
  const display = { raw: (_: string, data: string) => outputs.push(data) };
  vi.stubGlobal("__tslab__", { require: () => ({ display }) });
  await progress();
  return outputs.join("").replace(/ style="[^"]*"/g, "");
}

test("what is solved in JupyterLab is counted, once, and in no other kernel", async () => {
  vi.stubEnv("JPY_SESSION_NAME", "");
  await rememberSolved("2a/1");
  expect(await readdir(join(folder, ".lab"))).toEqual([]);
  expect(await shown()).toMatch(/<td>2<\/td><td>0\/\d\d<\/td>/);
  vi.stubEnv("JPY_SESSION_NAME", "2a-listy-br.ipynb");
  for (const id of ["2a/1", "2a/1", "2/1", "13d/2"]) await rememberSolved(id);
  const html = await shown();
  expect(html).toMatch(/<td>2<\/td><td>2\/\d\d<\/td>/);
  expect(html).toMatch(/<td>13<\/td><td>1\/\d\d<\/td>/);
  expect(html.match(/<tr>/g)).toHaveLength(14);
});
