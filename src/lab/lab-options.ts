import { parseArgs } from "node:util";
import { OptionError } from "./errors.js";

export const LAB_HELP = `Usage: npm start [-- options]

Opens the lab in JupyterLab: a Redis of its own (or that of REDIS_URL), JupyterLab on the notebooks,
the worker of the background jobs and its upload page. Ctrl-C ends all of it.

  --port N        JupyterLab's port (default: 8888, or the next one that is free)
  --no-browser    do not open the browser
  --no-jobs       without the worker and the upload page
  --host ADDRESS  where to listen (default: 127.0.0.1, this machine only); for containers
  --help          this text
`;

export interface LabChoices {
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly browser: boolean;
  readonly jobs: boolean;
}

/**
 * Reads the command line of `npm start`.
 *
 * @returns undefined when help is asked for
 * @throws {OptionError} names the option that is wrong and what it takes
 */
export function readLabOptions(args: readonly string[]): LabChoices | undefined {
  const { help, port, host, browser, jobs } = parse(args);
  if (help) return undefined;
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535)) {
    throw new OptionError(`--port takes a number from 1 to 65535, not "${port}".`);
  }
  return { port: port === undefined ? undefined : Number(port), host, browser, jobs };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        host: { type: "string" },
        browser: { type: "boolean", default: true },
        jobs: { type: "boolean", default: true },
        help: { type: "boolean" },
      },
      allowNegative: true,
    }).values;
  } catch (error) {
    const { message } = error as Error;
    throw new OptionError(`${message}\nnpm start -- --help lists the options.`, { cause: error });
  }
}

/** Whether there is a browser to open: over SSH, in a container and in CI there is none. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env): boolean {
  if (env["CI"] || !process.stdout.isTTY) return false;
  const isDesktop = process.platform === "darwin" || process.platform === "win32";
  return isDesktop || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}
