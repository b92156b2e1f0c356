import { dirname } from "node:path";
import { createRequire } from "node:module";

/** The folder of the project that this package is part of: notebooks, requirements.txt, `.venv`, `.lab`. */
export const root = dirname(
  dirname(dirname(createRequire(import.meta.url).resolve("redis-lab-start/package.json"))),
);
