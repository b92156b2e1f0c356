import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { writeWhole } from "./write-report.js";
import { escapeXml } from "./junit.js";

/**
 * Writes a JUnit report that says why nothing ran, where the command line names a file for one, even
 * if it could not be read: a CI server that finds no report may take that for success.
 *
 * @param args the command line
 * @param pathOf makes a name that a user gave an absolute path
 */
export async function reportRunError(
  args: readonly string[],
  error: unknown,
  pathOf: (name: string) => string,
): Promise<void> {
  const file = junitFile(args);
  if (file === undefined) return;
  const { name, message, stack } = error as Error;
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="notebooks" tests="1" failures="0" errors="1" skipped="0" time="0">',
    '  <testsuite name="the run" tests="1" failures="0" errors="1" skipped="0" time="0">',
    '    <testcase classname="the run" name="starts and ends" time="0">',
    `      <error type="${escapeXml(name)}" message="${escapeXml(message)}">${escapeXml(stack ?? message)}</error>`,
    "    </testcase>",
    "  </testsuite>",
    "</testsuites>\n",
  ];
  try {
    const path = pathOf(file);
    await mkdir(dirname(path), { recursive: true });
    // What is no earlier report, such as a notebook, may be why the file is refused.
    const found = await stat(path).catch(() => undefined);
    const isEarlier = found?.isFile() && (await readFile(path, "utf8")).startsWith("<?xml");
    if (found === undefined || isEarlier) await writeWhole(path, xml.join("\n"));
  } catch {
    // This file may be what is wrong, and the error says so already.
  }
}

function junitFile(args: readonly string[]): string | undefined {
  const at = args.findLastIndex((arg) => /^--junit(?:=|$)/.test(arg));
  const named = at === -1 ? undefined : args[at];
  const value = named === "--junit" ? args[at + 1] : named?.slice("--junit=".length);
  return value === undefined || /^-|^$/.test(value) ? undefined : value;
}
