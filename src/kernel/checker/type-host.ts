import { TypeServerError } from "./errors.js";
import { findTypeScript } from "./find-typescript.js";
import { TypeProject } from "./type-project.js";
import type { TypeServer } from "./type-server.js";

/** After so many failed starts in a row, the next is tried only after a pause. */
const TRIES = 3;
const PAUSE_MS = 10_000;

/**
 * Keeps the type checker's process: starts it when it is needed and again when it ended, and lets
 * one task at a time use it.
 */
export class TypeHost {
  readonly #cwd: string;
  readonly #strict: boolean | undefined;
  readonly #program: string | undefined;
  #server: TypeServer | undefined;
  #project: TypeProject | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #failures = 0;
  #pauseUntil = 0;
  #isDisposed = false;

  /** @param program the native program; default: that of the TypeScript package */
  constructor(cwd: string, strict?: boolean, program?: string) {
    this.#cwd = cwd;
    this.#strict = strict;
    this.#program = program;
  }

  /** Whether a task would find the process there. */
  get isOpen(): boolean {
    return this.#project?.alive ?? false;
  }

  /** The process id, for what measures its memory. */
  get pid(): number | undefined {
    return this.#server?.alive ? this.#server.pid : undefined;
  }

  /**
   * Runs a task when those before it are done.
   *
   * @param limitMs milliseconds after which the process counts as hung and is started anew, so that
   *   those behind do not wait as well; default: none of its own
   * @throws TypeServerError when the process cannot be started, or ends or hangs meanwhile
   * @throws MissingTypeScriptError when the program is not installed
   */
  async run<T>(task: (project: TypeProject) => Promise<T>, limitMs?: number): Promise<T> {
    const result = this.#queue.then(() => this.#try(task, limitMs));
    this.#queue = result.catch(() => {});
    return result;
  }

  /** Ends the process and waits until it is gone. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#server?.stop();
    await this.#queue;
    await this.#server?.stop();
  }

  /** A process that ended unnoticed shows by the first question: then the task has a second try. */
  async #try<T>(task: (project: TypeProject) => Promise<T>, limitMs?: number): Promise<T> {
    const project = await this.#open();
    let isHung = false;
    const late =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            isHung = true;
            this.#server?.kill();
          }, limitMs);
    try {
      return await task(project);
    } catch (error) {
      // What it hung on would hang it again.
      if (isHung) this.run(async () => {}).catch(() => {});
      if (isHung || project.alive || this.#isDisposed) throw error;
      return task(await this.#open());
    } finally {
      clearTimeout(late);
    }
  }

  async #open(): Promise<TypeProject> {
    if (this.#isDisposed) throw new TypeServerError("The type checker was stopped.");
    if (this.#project?.alive) return this.#project;
    if (Date.now() < this.#pauseUntil) {
      throw new TypeServerError("The type checker ended again and again; it is tried again soon.");
    }
    try {
      const program = this.#program ?? findTypeScript();
      this.#project = await TypeProject.open(program, this.#cwd, this.#strict, (server) => {
        this.#server = server;
      });
      this.#failures = 0;
      return this.#project;
    } catch (error) {
      await this.#server?.stop();
      this.#failures++;
      if (this.#failures >= TRIES) this.#pauseUntil = Date.now() + PAUSE_MS;
      throw error;
    }
  }
}
