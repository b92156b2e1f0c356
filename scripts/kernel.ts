// Makes the kernel known to Jupyter: `npm run kernel -- install`.
import { createRequire } from "node:module";

createRequire(import.meta.url)("typescript-kernel/cli");
