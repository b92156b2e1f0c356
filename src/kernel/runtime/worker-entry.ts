import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { Importer } from "../modules/importer.js";
import { installStackTraces } from "../output/stack.js";
import { runTypeScriptInWorkers } from "./typescript-workers.js";

// The first program of a worker thread that was given a TypeScript file: see `typescript-workers.ts`.
const [file = ""] = process.argv.splice(2, 1);
process.argv[1] = file;
installStackTraces();
runTypeScriptInWorkers();
// What it throws becomes the worker's error.
void new Importer(dirname(file), new Map()).import(pathToFileURL(file).href);
