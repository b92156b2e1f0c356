import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { open, readFile, writeFile } from "node:fs/promises";
import { connect as connectTcp, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { ServerFailedError } from "../errors.js";
import { until, within } from "../waiting.js";
import { GuardedFolder } from "./guarded-folder.js";

/** How long a server may take to answer, or to end, in milliseconds. */
const START_MS = 5000;

/** A Redis of a notebook's own, on this machine only: one that it may kill. */
export class LabServer {
  #child: ChildProcess | undefined;

  private constructor(
    private readonly program: string,
    readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly folder: GuardedFolder,
    private readonly extra: readonly string[],
  ) {}

  /** What its folder holds before it starts, by the files' names. */
  async #write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) await writeFile(join(this.path, name), text);
  }

  /** @throws {ServerFailedError} with what the server said */
  static async start(
    program: string,
    settings: Readonly<Record<string, string>>,
    {
      extra = [],
      files = {},
    }: { extra?: readonly string[]; files?: Readonly<Record<string, string>> } = {},
  ): Promise<LabServer> {
    const folder = await GuardedFolder.make();
    const server = new LabServer(program, await freePort(), settings, folder, extra);
    try {
      await server.#write(files);
      await server.start();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** `redis://127.0.0.1:port` */
  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** The number of its process; undefined while it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** The folder where it keeps its files. */
  get path(): string {
    return this.folder.path;
  }

  /** Starts it, again on the same port and with the files that it left. */
  async start(): Promise<void> {
    if (this.#child !== undefined) return;
    // Not the server's own log: what is wrong with its settings it tells before it opens that.
    const log = await open(join(this.path, "server.log"), "w");
    const child = spawn(this.program, this.#arguments(), {
      cwd: this.path,
      stdio: ["ignore", log.fd, log.fd],
      detached: true,
    });
    this.#child = child;
    child.unref();
    child.on("error", () => {});
    await log.close();
    this.folder.guards(child.pid);
    child.once("exit", () => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.folder.guards(undefined);
    });
    try {
      const isUp = async () => this.#child === undefined || (await answers(this.port));
      await until(isUp, "an answer of the new server", START_MS);
    } catch (error) {
      throw new ServerFailedError(this.program, (error as Error).message, { cause: error });
    }
    if (this.#child === undefined) {
      const said = await readFile(join(this.path, "server.log"), "utf8").catch(() => "");
      throw new ServerFailedError(this.program, said.trim().split("\n").slice(-3).join(" | "));
    }
  }

  /** Ends it at once, as a crash does: nothing more is written, nobody is told. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Asks it to end, as `systemctl stop` does: it saves what it is told to save first. */
  async shutDown(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** Stops its process in the middle: connections stay, but nothing answers. */
  freeze(): void {
    if (this.pid !== undefined) process.kill(this.pid, "SIGSTOP");
  }

  /** Lets a frozen one go on. */
  thaw(): void {
    if (this.pid !== undefined) process.kill(this.pid, "SIGCONT");
  }

  /** Ends it for good, and removes its files. */
  async stop(): Promise<void> {
    await this.kill();
    await this.folder.remove();
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child?.pid === undefined) return;
    const ended = once(child, "exit");
    process.kill(child.pid, signal);
    if (signal !== "SIGKILL") process.kill(child.pid, "SIGCONT");
    await within(ended, START_MS, "the end of the server");
  }

  #arguments(): string[] {
    const all = {
      port: String(this.port),
      bind: "127.0.0.1",
      save: "",
      dir: this.path,
      ...this.settings,
    };
    // Sentinel wants a file that it can write to, which comes first.
    return [...this.extra, ...Object.entries(all).flatMap(([key, value]) => [`--${key}`, value])];
  }
}

/** Asked without a client, which would want to know more: a server may ask for a password first. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp(port, "127.0.0.1");
    const end = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.once("connect", () => socket.write("PING\r\n"));
    socket.once("data", (reply) => end(/^(\+PONG|-NOAUTH|-NOPERM)/.test(reply.toString("latin1"))));
    socket.once("error", () => end(false));
    socket.setTimeout(500, () => end(false));
  });
}

/** A port that nobody listens at just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
