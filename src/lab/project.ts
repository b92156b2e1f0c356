import { dirname } from "node:path";
import { createRequire } from "node:module";

/** What `runMain` needs to know the version. */
export const LAB = { packageFile: "redis-lab-start/package.json", from: import.meta.url };

/** The folder of the project that this package is part of: notebooks, requirements.txt, `.venv`, `.lab`. */
export const root = dirname(
  dirname(dirname(createRequire(import.meta.url).resolve("redis-lab-start/package.json"))),
);
