import { execFile } from "node:child_process";
import { promisify } from "node:util";

const SCRIPT = `
from importlib.metadata import distributions
from packaging.specifiers import SpecifierSet
for one in distributions():
    wanted = one.metadata["Requires-Python"] or ""
    if not SpecifierSet(wanted).contains("3.11.0"):
        print(one.metadata["Name"], one.version, "needs Python", wanted)
`;

/** The installed packages that the oldest Python of the README, 3.11.0, cannot have: Debian 12 has 3.11.2. */
export async function tooNewForPython(python: string): Promise<string> {
  return (await promisify(execFile)(python, ["-c", SCRIPT])).stdout;
}
