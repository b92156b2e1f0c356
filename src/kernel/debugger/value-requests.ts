import type { DebugProtocol } from "@vscode/debugprotocol";
import { scopeName } from "../cell-names.js";
import type { Names } from "../compile/names.js";
import { DebugError } from "../errors.js";
import type { Arguments } from "./arguments.js";
import type { Engine } from "./engine.js";
import { Evaluation, type NotebookNames, type Where } from "./evaluation.js";
import { NotebookVariables } from "./notebook-variables.js";
import { References, type Opened } from "./references.js";
import { listScopes, listScopeVariables, localNames } from "./scopes.js";
import { setVariable } from "./set-variable.js";
import type { StopFrame } from "./stop.js";
import { typeForJupyterLab, typeName, valueText, type RemoteObject } from "./values.js";
import { Variables } from "./variables.js";

type Body = Record<string, unknown>;

/** A name that cells can declare. */
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** A value that was asked for is shown to this length; in a list it is shorter. */
const RESULT_MAX = 10_000;

interface Kernel extends NotebookNames {
  /** Whether a cell keeps the runtime busy or may do so. */
  readonly isRunning: () => boolean;
}

/** The requests about values: scopes, variables, expressions. */
export class ValueRequests {
  readonly variables: Variables;
  readonly #evaluation: Evaluation;
  readonly #references = new References();
  readonly #notebook: NotebookVariables;
  #panels = 0;
  #listing: Promise<DebugProtocol.Variable[]> | undefined;
  #waiting: Promise<DebugProtocol.Variable[]> | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly kernel: Kernel,
  ) {
    const { inspector } = engine;
    this.#evaluation = new Evaluation(inspector, kernel);
    this.variables = new Variables(inspector, this.#evaluation, this.#references);
    this.#notebook = new NotebookVariables(inspector, this.#evaluation, this.variables);
  }

  /** What was opened in a stop is gone. */
  continued(): void {
    this.#references.forget("stop");
    const objectGroup = "stop";
    void this.engine.inspector.post("Runtime.releaseObjectGroup", { objectGroup }).catch(() => {});
  }

  scopes(args: Arguments): Body {
    return { scopes: listScopes(this.#frame(args.number("frameId")), this.#references) };
  }

  async list(args: Arguments): Promise<Body> {
    const opened = this.#references.get(args.number("variablesReference"));
    const page = {
      filter: args.optionalText("filter"),
      start: args.optionalNumber("start"),
      count: args.optionalNumber("count"),
    };
    if (opened.kind === "object" || opened.kind === "range") {
      return { variables: await this.variables.children(opened, page) };
    }
    const all = await this.#open(opened);
    const { start = 0, count } = page;
    return { variables: all.slice(start, count ? start + count : undefined) };
  }

  async setVariable(args: Arguments): Promise<Body> {
    const opened = this.#references.get(args.number("variablesReference"));
    const frame = "frame" in opened ? opened.frame : this.engine.stop?.frames[0];
    const where = await this.#where(frame);
    const parts = { inspector: this.engine.inspector, evaluation: this.#evaluation, where };
    const value = await setVariable(opened, args.text("name"), args.text("value"), parts);
    const { result, ...shown } = this.#result(value, where.group, RESULT_MAX);
    return { value: result, ...shown };
  }

  async evaluate(args: Arguments): Promise<Body> {
    const id = args.optionalNumber("frameId");
    const frame = id === undefined ? this.engine.stop?.frames[0] : this.#frame(id);
    const where = await this.#where(frame);
    const context = args.optionalText("context");
    const options = context === "hover" ? { throwOnSideEffect: true } : {};
    const value = await this.#evaluation.evaluate(args.text("expression"), where, options);
    if (this.variables.isForJupyterLab && context === "repl") this.engine.renewFrames();
    return this.#result(value, where.group, context === "clipboard" ? Infinity : RESULT_MAX);
  }

  /**
   * The notebook's variables. JupyterLab asks at each message of a cell: those who ask while an answer
   * is made share the next one.
   */
  async inspectVariables(): Promise<Body> {
    this.#waiting ??= (this.#listing ?? Promise.resolve([])).then(
      () => this.#list(),
      () => this.#list(),
    );
    return { variables: await this.#waiting };
  }

  async richInspectVariables(args: Arguments): Promise<Body> {
    const name = args.text("variableName");
    if (!NAME.test(name)) throw new DebugError(`"${name}" is no name of a variable.`);
    const id = args.optionalNumber("frameId");
    const frame = id === undefined || this.engine.stop === undefined ? undefined : this.#frame(id);
    const where = await this.#where(frame);
    const value = await this.#bundle(name, where).catch(() => undefined);
    return value ?? { data: {}, metadata: {} };
  }

  /** Makes a variable of a frame one of the notebook. */
  async copyToGlobals(args: Arguments): Promise<Body> {
    const from = args.text("srcVariableName");
    const to = args.text("dstVariableName");
    if (!NAME.test(from) || !NAME.test(to)) throw new DebugError("This is no name of a variable.");
    const where = await this.#where(this.#frame(args.number("srcFrameId")));
    await this.#evaluation.evaluate(`$kernel$.debug.carried = (${from})`, where);
    const outside = { ...where, call: undefined };
    const names = this.kernel.names();
    const own = scopeName(to);
    if (names.lexical.has(to)) {
      await this.#evaluation.run(`${own} = $kernel$.debug.carried`, outside);
    } else {
      await this.#evaluation.run(`$kernel$.debug.declare([${JSON.stringify(to)}])`, outside);
      const expression = `let ${own} = $kernel$.debug.carried`;
      // It is done at once, and answered when the cell goes on.
      const declared = this.#evaluation.run(expression, outside, { replMode: true });
      declared.catch(() => {});
      const declaring: Names = {
        ...names,
        declared: new Set([...names.declared, to]),
        lexical: new Set([...names.lexical, to]),
      };
      this.kernel.adopt(declaring, `let ${to}: any;`);
    }
    return {};
  }

  async #list(): Promise<DebugProtocol.Variable[]> {
    this.#listing = this.#waiting;
    this.#waiting = undefined;
    // The last answer stays good: its variables may be opened just now.
    const old = `panel-${++this.#panels - 2}`;
    this.#references.forget(old);
    void this.engine.inspector
      .post("Runtime.releaseObjectGroup", { objectGroup: old })
      .catch(() => {});
    return this.#notebook.list(`panel-${this.#panels}`);
  }

  async #bundle(name: string, where: Where): Promise<Body> {
    const isWaiting = where.call === undefined && !this.kernel.isRunning() && !this.engine.stop;
    const call = isWaiting ? "wholeBundle" : "bundle";
    const options = { returnByValue: true, ...(isWaiting ? { awaitPromise: true } : {}) };
    const source = `$kernel$.debug.${call}(${name})`;
    return (await this.#evaluation.evaluate(source, where, options)).value as Body;
  }

  async #open(opened: Exclude<Opened, { kind: "object" | "range" }>) {
    const parts = { inspector: this.engine.inspector, evaluation: this.#evaluation };
    if (opened.kind === "notebook") return this.#notebook.list(opened.group);
    if (opened.kind === "scope") {
      const { call } = opened.frame;
      return call ? listScopeVariables(parts, this.variables, call, opened.scopes) : [];
    }
    const { objectId, name, path, group } = opened;
    await this.#evaluation.callOn(objectId, "function(){$kernel$.debug.carried=this}");
    const where = { call: this.engine.stop?.frames[0]?.call, locals: new Set<string>(), group };
    const value = await this.#evaluation.run(
      `$kernel$.debug.carried[${JSON.stringify(name)}]`,
      where,
    );
    return [this.variables.show(name, value, path, group)];
  }

  /** @throws {DebugError} for an id that is not one of the stop's */
  #frame(id: number): StopFrame {
    const { frames = [], former = [] } = this.engine.stop ?? {};
    const frame = [...frames, ...former].find(({ shown }) => shown.id === id);
    if (frame === undefined) throw new DebugError(`There is no frame ${id} (any more).`);
    return frame;
  }

  async #where(frame: StopFrame | undefined): Promise<Where> {
    const call = frame?.call;
    const group = this.engine.stop ? "stop" : `panel-${this.#panels}`;
    if (call === undefined) return { call, locals: new Set(), group };
    return { call, locals: await localNames(this.engine.inspector, call), group };
  }

  #result(value: RemoteObject, group: string, limit: number) {
    const type = this.variables.isForJupyterLab ? typeForJupyterLab(value) : typeName(value);
    return {
      result: valueText(value, limit),
      ...(type === undefined ? {} : { type }),
      ...this.variables.open(value, "", group),
    };
  }
}
