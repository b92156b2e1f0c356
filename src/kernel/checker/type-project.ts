import { createRequire } from "node:module";
import path from "node:path";

import { globalDeclarations } from "./globals.js";
import { nearestConfig, projectConfig, projectFiles, type ProjectFiles } from "./project.js";
import { TypeServer } from "./type-server.js";

/** Milliseconds to wait for one answer before the process counts as hung. */
const ANSWER_LIMIT_MS = 30_000;

interface SnapshotAnswer {
  readonly snapshot: number;
  readonly projects: readonly { readonly id: string }[];
}

/** The notebook as a project of one file, open in the type checker's process. */
export class TypeProject {
  readonly files: ProjectFiles;
  readonly #server: TypeServer;
  readonly #virtual: Map<string, string>;
  #snapshot: SnapshotAnswer | undefined;

  private constructor(server: TypeServer, files: ProjectFiles, virtual: Map<string, string>) {
    this.#server = server;
    this.files = files;
    this.#virtual = virtual;
  }

  /** @throws TypeServerError when the process ends or hangs */
  static async open(
    program: string,
    cwd: string,
    strict: boolean | undefined,
    onStart: (server: TypeServer) => void,
  ): Promise<TypeProject> {
    const files = projectFiles(cwd);
    const virtual = new Map([
      [files.cell, "export {};\n"],
      [files.globals, globalDeclarations(isInstalled("tslab", cwd))],
    ]);
    const server = new TypeServer({ program, cwd, readFile: (file) => virtual.get(file) });
    onStart(server);
    await server.request("initialize", null, ANSWER_LIMIT_MS);
    let parent = nearestConfig(cwd);
    let known = {};
    if (parent !== undefined) {
      try {
        const config = { file: parent };
        const answer = await server.request<{ options: object }>(
          "parseConfigFile",
          config,
          ANSWER_LIMIT_MS,
        );
        known = answer.options;
      } catch (error) {
        if (!server.alive) throw error;
        parent = undefined;
      }
    }
    virtual.set(files.config, projectConfig(cwd, parent, known, strict));
    const project = new TypeProject(server, files, virtual);
    await project.#update({ openProjects: [files.config] });
    return project;
  }

  get alive(): boolean {
    return this.#server.alive;
  }

  /** Puts a text into the cell's file. Other files given are read from disk again. */
  async write(text: string, changed: readonly string[] = []): Promise<void> {
    const { cell } = this.files;
    if (this.#virtual.get(cell) === text && changed.length === 0) return;
    this.#virtual.set(cell, text);
    await this.#update({ fileChanges: { changed: [cell, ...changed] } });
  }

  /** Asks about the cell's file as it was written last. */
  async ask<T>(method: string, params: object = {}): Promise<T> {
    return this.#server.request<T>(
      method,
      {
        snapshot: this.#snapshot?.snapshot,
        project: this.#snapshot?.projects[0]?.id,
        file: this.files.cell,
        ...params,
      },
      ANSWER_LIMIT_MS,
    );
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  async #update(params: object): Promise<void> {
    const old = this.#snapshot;
    this.#snapshot = await this.#server.request("updateSnapshot", params, ANSWER_LIMIT_MS);
    if (old) this.#server.tell("release", { snapshot: old.snapshot });
  }
}

function isInstalled(packageName: string, cwd: string): boolean {
  try {
    createRequire(path.join(cwd, "_.js")).resolve(`${packageName}/package.json`);
    return true;
  } catch {
    return false;
  }
}
