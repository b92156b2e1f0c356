import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { endMarked, markedProcesses, roleOf, type Process, type Role } from "./processes.js";
import type { ProjectCopy } from "./project-copy.js";

/** How soon a worker takes over what a dead one was at, in seconds: the default is 15. */
const LOCK_SECONDS = "3";

/** `npm start` in a copy of the project. */
export class RunningLab {
  readonly npm: ChildProcess;
  #output = "";
  #hasEnded = false;

  constructor(readonly copy: ProjectCopy) {
    const { REDIS_URL: _redis, MEDIA_ROOT: _media, ...env } = process.env;
    this.npm = spawn("npm", ["start", "--", "--no-browser"], {
      cwd: copy.root,
      env: { ...env, TMPDIR: copy.tmp, LOCK_SECONDS },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    for (const stream of [this.npm.stdout, this.npm.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.#output += text));
    }
    this.npm.once("exit", () => (this.#hasEnded = true));
  }

  /** All that it has printed. */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get isReady(): boolean {
    return this.#output.includes("Ctrl-C ends the lab");
  }

  processes(): Promise<Process[]> {
    return markedProcesses(this.copy.mark);
  }

  async pick(role: Role, random: () => number): Promise<Process | undefined> {
    const some = (await this.processes()).filter((one) => roleOf(one) === role);
    // What runs a program may name it, too: the last one started is the program itself.
    return role === "guard" ? some[Math.floor(random() * some.length)] : some.at(-1);
  }

  /** Where the page and JupyterLab are, with its token, as it has printed them. */
  get urls(): { readonly page: URL; readonly jupyter: URL } | undefined {
    const find = (name: string) => new RegExp(`${name}: +(http\\S+)`).exec(this.#output)?.[1];
    const [page, jupyter] = [find("Upload page"), find("JupyterLab")];
    return page && jupyter ? { page: new URL(page), jupyter: new URL(jupyter) } : undefined;
  }

  async redisUrl(): Promise<string> {
    return (await readFile(join(this.copy.root, ".lab", "redis-url"), "utf8")).trim();
  }

  /** Asks its JupyterLab. */
  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const { jupyter } = this.urls ?? {};
    const headers = { authorization: `token ${jupyter?.searchParams.get("token")}` };
    const signal = AbortSignal.timeout(10_000);
    return fetch(new URL(path, jupyter), { headers, signal, ...init });
  }

  async openPorts(): Promise<string[]> {
    const text = this.#output.matchAll(/127\.0\.0\.1:(\d+)/g);
    const ports = new Set([...text].map(([, port]) => Number(port)));
    const open = await Promise.all([...ports].map(async (port) => (await isOpen(port)) && port));
    return open.filter(Boolean).map((port) => `port ${port}`);
  }

  /** Ctrl-C in its terminal. */
  interrupt(): void {
    this.signal("SIGINT");
  }

  signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-(this.npm.pid ?? 0), signal);
    } catch {
      // Gone.
    }
  }

  /** Ends whatever is left of it. */
  destroy(): Promise<void> {
    return endMarked(this.copy.mark);
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
    socket.setTimeout(1000, () => end(false));
  });
}
