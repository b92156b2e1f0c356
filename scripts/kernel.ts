import { startKernel } from "../src/kernel/main/main.js";

const [connectionFile, ...options] = process.argv.slice(2);
const mode = options.find((option) => option.startsWith("--check="))?.slice("--check=".length);
startKernel(connectionFile ?? "", mode === "warn" || mode === "off" ? mode : "error");
