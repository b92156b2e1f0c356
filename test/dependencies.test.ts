import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { satisfies } from "semver";
import { expect, test } from "vitest";
import { root } from "./root.js";

interface Package {
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
  /** Of another platform, or one that nothing needs. */
  readonly optional?: boolean;
  readonly engines?: { readonly node?: string };
}

/** They ask for a copy of their text, or for nothing. */
const ALLOWED = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Unlicense",
];

/** What asks for more, and why that is no matter here: nothing of it is copied or changed. */
const ALLOWED_FOR: Readonly<Record<string, readonly RegExp[]>> = {
  // Shared libraries (libvips, libheif) that are loaded as their authors built them.
  "LGPL-3.0-or-later": [/^@img\/sharp-/],
  "LGPL-3.0": [/^libheif-js$/],
  // libzmq in zeromq; axe-core and lightningcss are tools of the tests.
  "MPL-2.0": [/^zeromq$/, /^axe-core$/, /^lightningcss/],
};

/** Their package.json names the MIT licence in the old way, `licenses`, which npm does not take over. */
const OLD_FORM = /^(compute-(gcd|lcm)|validate\.io-.*)$/;

/** Whose code runs at `npm ci`, and why it may. */
const MAY_RUN: Readonly<Record<string, string>> = {
  esbuild: "checks that the binary for this platform is there, and fetches it where npm did not",
  "msgpackr-extract": "looks for the binary for this platform; without one msgpackr works as well",
  zeromq: "finds the binary of libzmq that it brings along, or compiles it where there is none",
};

async function lockedPackages(): Promise<[string, Package][]> {
  const lock = await readFile(join(root, "package-lock.json"), "utf8");
  const { packages } = JSON.parse(lock) as { packages: Record<string, Package> };
  return Object.entries(packages).flatMap(([path, one]): [string, Package][] => {
    const name = path.split("node_modules/").at(-1) ?? "";
    return path.includes("node_modules/") && !one.link ? [[name, one]] : [];
  });
}

/** The parts of a licence that a package is under all at once; of `A OR B` one is enough. */
function isAllowed(name: string, license: string): boolean {
  return license
    .replaceAll(/[()]/g, "")
    .split(" AND ")
    .every((part) =>
      part
        .split(" OR ")
        .some(
          (one) => ALLOWED.includes(one) || ALLOWED_FOR[one]?.some((known) => known.test(name)),
        ),
    );
}

test("all dependencies have a licence that is allowed", async () => {
  const packages = await lockedPackages();
  expect(packages.length).toBeGreaterThan(300);
  const others = packages
    .filter(
      ([name, { license }]) => !isAllowed(name, license ?? (OLD_FORM.test(name) ? "MIT" : "")),
    )
    .map(([name, { license = "none" }]) => `${name}: ${license}`);
  expect(others).toEqual([]);
  expect(isAllowed("zeromq", "MIT AND GPL-3.0-only")).toBe(false);
  expect(isAllowed("other", "LGPL-3.0 OR GPL-2.0")).toBe(false);
});

test("only packages on the list run scripts when they are installed", async () => {
  const running = (await lockedPackages()).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect([...new Set(running.map(([name]) => name))].toSorted()).toEqual(Object.keys(MAY_RUN));
  const { allowScripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    allowScripts: object;
  };
  expect(Object.keys(allowScripts)).toEqual(Object.keys(MAY_RUN));
});

test("all dependencies run on the oldest Node that the project names", async () => {
  const oldest = "20.19.0";
  const { engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as Package;
  expect(engines?.node).toBe(`>=${oldest}`);
  const refusing = (await lockedPackages())
    .filter(([, one]) => !one.optional && !satisfies(oldest, one.engines?.node ?? "*"))
    .map(([name, one]) => `${name}: ${one.engines?.node}`);
  expect(refusing).toEqual([]);
});
