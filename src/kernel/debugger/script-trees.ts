import { parse, walk, type Node } from "../compile/ast.js";
import type { Inspector } from "./inspector.js";
import { offsetOf } from "./locals.js";

/** A place in V8's script, from 0. */
export interface ScriptPlace {
  readonly scriptId: string;
  readonly line: number;
  readonly column: number;
}

interface Tree {
  readonly code: string;
  readonly program: Node;
}

/** The syntax of the scripts on the stack, read when it is asked for. */
export class ScriptTrees {
  readonly #trees = new Map<string, Promise<Tree | undefined>>();

  constructor(
    private readonly inspector: Inspector,
    private readonly urlOf: (scriptId: string) => string,
  ) {}

  /** The scripts of before are gone, or have other numbers. */
  forget(): void {
    this.#trees.clear();
  }

  /** The nodes around a place, from the outermost. Of Node's own code there are none. */
  async nodesAt({
    scriptId,
    line,
    column,
  }: ScriptPlace): Promise<{ nodes: Node[]; offset: number }> {
    const tree = await this.#tree(scriptId);
    if (tree === undefined) return { nodes: [], offset: 0 };
    // A local module begins with a line of its own that V8 does not count.
    const isWrapped = tree.code.startsWith("(async (");
    const offset = offsetOf(tree.code, { line: line + (isWrapped ? 1 : 0), column });
    const nodes: Node[] = [];
    walk(tree.program, (node) => {
      if (offset < node.start || offset >= node.end) return node.type === "Program";
      nodes.push(node);
    });
    return { nodes, offset };
  }

  #tree(scriptId: string): Promise<Tree | undefined> {
    let tree = this.#trees.get(scriptId);
    if (tree === undefined) this.#trees.set(scriptId, (tree = this.#read(scriptId)));
    return tree;
  }

  async #read(scriptId: string): Promise<Tree | undefined> {
    if (!/^(cell-|file:)/.test(this.urlOf(scriptId))) return undefined;
    const { scriptSource: code } = await this.inspector.post<{ scriptSource: string }>(
      "Debugger.getScriptSource",
      { scriptId },
    );
    const { program, errors } = parse(code, "js");
    return errors.length > 0 ? undefined : { code, program };
  }
}
