import type { RawDiagnostic } from "./diagnostics.js";
import { globalDeclarations } from "./globals.js";
import { LocalFiles } from "./local-files.js";
import type { NameInReach } from "./names-in-reach.js";
import { kindOfSymbol, VALUE_MEANING, type SymbolAnswer } from "./symbols.js";
import { nearestConfig, projectConfig, projectFiles, type ProjectFiles } from "./project.js";
import { TypeServer } from "./type-server.js";

/** Milliseconds to wait for one answer before the process counts as hung. */
const ANSWER_LIMIT_MS = 30_000;

const EMPTY = "export {};\n";

interface Written {
  readonly text: string;
  /** It is to be read with JSX. */
  readonly isJsx: boolean;
}

interface SnapshotAnswer {
  readonly snapshot: number;
  readonly projects: readonly { readonly id: string }[];
}

/** The notebook as a project of one file, open in the type checker's process. */
export class TypeProject {
  readonly files: ProjectFiles;
  readonly #server: TypeServer;
  readonly #virtual: Map<string, string>;
  readonly #configs: readonly string[];
  readonly #local = new LocalFiles();
  #changed: string[] = [];
  readonly #ofFiles = new Map<string, Promise<readonly RawDiagnostic[]>>();
  #isStale = false;
  #isJsx = false;
  #imports = "";
  #globals: Promise<readonly NameInReach[]> | undefined;
  #snapshot: SnapshotAnswer | undefined;

  private constructor(
    server: TypeServer,
    files: ProjectFiles,
    virtual: Map<string, string>,
    config: string | undefined,
  ) {
    this.#configs = config === undefined ? [] : [config];
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
      [files.cell, EMPTY],
      [files.cellWithJsx, EMPTY],
      [files.globals, globalDeclarations()],
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
    const project = new TypeProject(server, files, virtual, parent);
    await project.#update({ openProjects: [files.config] });
    await project.#followFiles();
    return project;
  }

  /** The file in which the cell is now. */
  get cellFile(): string {
    return this.#isJsx ? this.files.cellWithJsx : this.files.cell;
  }

  get alive(): boolean {
    return this.#server.alive;
  }

  /** Whether files that the notebook imports were edited since the last check. */
  hasEdits(): boolean {
    this.#changed.push(...this.#local.changed());
    return this.#isStale || this.#changed.length > 0;
  }

  /** Lets the next check look anew for modules that were not found: they may be there by then. */
  forgetModules(): void {
    this.#isStale = true;
  }

  /**
   * Puts a text into the cell's file, and has edited files read again.
   *
   * @param imports the modules that it imports, in any form that changes with them
   * @returns whether modules were looked for, which is not done for a list that stays the same
   */
  async write({ text, isJsx }: Written, imports: string): Promise<boolean> {
    const before = this.cellFile;
    this.#isJsx = isJsx;
    const cell = this.cellFile;
    const isEdited = this.hasEdits();
    if (this.#virtual.get(cell) === text && !isEdited) return false;
    this.#virtual.set(before, EMPTY).set(cell, text);
    const changed = [...new Set([before, cell, ...this.#changed])];
    await this.#update({ fileChanges: this.#isStale ? { invalidateAll: true } : { changed } });
    const isLookedFor = this.#isStale || imports !== this.#imports;
    this.#changed = [];
    this.#isStale = false;
    this.#imports = imports;
    if (isEdited || isLookedFor) {
      this.#ofFiles.clear();
      await this.#followFiles();
    }
    return isLookedFor;
  }

  /** Asks about the cell's file as it was written last. */
  async ask<T>(method: string, params: object = {}): Promise<T> {
    return this.#server.request<T>(
      method,
      {
        snapshot: this.#snapshot?.snapshot,
        project: this.#snapshot?.projects[0]?.id,
        file: this.cellFile,
        ...params,
      },
      ANSWER_LIMIT_MS,
    );
  }

  /** What is wrong with a local file; it is asked for once, until any of them is edited. */
  diagnosticsOf(file: string): Promise<readonly RawDiagnostic[]> {
    const known = this.#ofFiles.get(file);
    if (known) return known;
    const asked = this.#askOf(file);
    this.#ofFiles.set(file, asked);
    return asked;
  }

  async #askOf(file: string): Promise<readonly RawDiagnostic[]> {
    try {
      for (const method of ["getSyntacticDiagnostics", "getSemanticDiagnostics"]) {
        const found = await this.ask<readonly RawDiagnostic[] | null>(method, { file });
        if (found?.length) return found;
      }
    } catch (error) {
      // It is not among the files that types lead to.
      if (!this.alive) throw error;
    }
    return [];
  }

  /** The global names, as long as the imports stay the same. */
  globals(): Promise<readonly NameInReach[]> {
    return (this.#globals ??= this.#findGlobals());
  }

  async #findGlobals(): Promise<readonly NameInReach[]> {
    const all = { name: "globalThis", meaning: VALUE_MEANING, position: 0 };
    const found = await this.ask<SymbolAnswer | null>("resolveName", all);
    if (!found) return [];
    const names = await this.ask<readonly SymbolAnswer[] | null>("getExportsOfModule", {
      symbol: found.id,
    });
    // A name that begins with two underscores is told with a third.
    return (names ?? []).map(({ name, flags }) => ({
      name: name.replace(/^___/, "__"),
      kind: kindOfSymbol({ flags }),
    }));
  }

  async #followFiles(): Promise<void> {
    this.#globals = undefined;
    const files = await this.ask<readonly string[]>("getSourceFileNames");
    this.#local.follow([...files.filter((file) => !this.#virtual.has(file)), ...this.#configs]);
  }

  async #update(params: object): Promise<void> {
    const old = this.#snapshot;
    this.#snapshot = await this.#server.request("updateSnapshot", params, ANSWER_LIMIT_MS);
    if (old) this.#server.tell("release", { snapshot: old.snapshot });
  }
}
