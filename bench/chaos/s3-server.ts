import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { freePort } from "guarded-processes/free-port";
import { GuardedProcess } from "guarded-processes/guarded-process";
import { withLock } from "guarded-processes/lock";
import { until } from "./redis-servers.js";

/** A real S3 server on loopback, moto of PyPI, with one bucket; what it holds is gone with it. */
export class S3Server {
  readonly #sockets = new Set<Socket>();
  readonly #door = createServer((socket) => this.#let(socket));

  private constructor(
    readonly port: number,
    private readonly inner: number,
    private readonly process: GuardedProcess,
  ) {}

  /** @throws {Error} where there is no Python to install it with */
  static async start(root: string): Promise<S3Server> {
    const python = await installed(root);
    const [port, inner] = [await freePort(), await freePort()];
    const server = new S3Server(port, inner, launch(python, inner));
    await server.mend();
    await server.#ready();
    return server;
  }

  /** For page and workers. */
  get env(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${this.port}`,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      MEDIA_ROOT: "s3://media/lab",
    };
  }

  /** Nobody reaches it, though it keeps what it holds. */
  async cut(): Promise<void> {
    const closed = once(this.#door, "close");
    this.#door.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** It is reached again. */
  async mend(): Promise<void> {
    this.#door.listen(this.port, "127.0.0.1");
    await once(this.#door, "listening");
  }

  async stop(): Promise<void> {
    if (this.#door.listening) await this.cut();
    this.process.signal("SIGKILL");
    await this.process.stop();
  }

  #let(socket: Socket): void {
    const onward = connect(this.inner, "127.0.0.1");
    for (const one of [socket, onward]) {
      this.#sockets.add(one);
      one.on("close", () => this.#sockets.delete(one));
    }
    // What one side meets ends the other.
    pipeline(socket, onward, socket, () => {});
  }

  async #ready(): Promise<void> {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const endpoint = this.env["AWS_ENDPOINT_URL"] ?? "";
    const options = { endpoint, credentials, region: "us-east-1", forcePathStyle: true };
    const client = new S3Client({ ...options, maxAttempts: 1 });
    await until(async () => {
      await client.send(new CreateBucketCommand({ Bucket: "media" }));
      return true;
    });
    client.destroy();
  }
}

function launch(python: string, port: number): GuardedProcess {
  const args = ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)];
  return GuardedProcess.start(python, args, { stdio: "ignore" });
}

/** In an environment of its own, once: the project's own need not have it. */
async function installed(root: string): Promise<string> {
  const folder = join(root, "bench", "s3");
  const python = join(folder, ".venv", "bin", "python");
  await withLock(join(root, ".lab", "s3-venv.lock"), async () => {
    if (spawnSync(python, ["-c", "import moto.server"]).status === 0) return;
    await must("python3", ["-m", "venv", join(folder, ".venv")]);
    const requirements = join(folder, "requirements.txt");
    await must(python, ["-m", "pip", "install", "-q", "--no-input", "-r", requirements]);
  });
  return python;
}

async function must(command: string, args: readonly string[]): Promise<void> {
  const child = GuardedProcess.start(command, args, { stdio: "ignore" });
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code}.`);
}
