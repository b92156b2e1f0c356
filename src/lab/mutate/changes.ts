import { parseSync, Visitor, type Argument, type Node } from "oxc-parser";
import { commandCall } from "../check/command-calls.js";
import { isBlind } from "./blind-arguments.js";
import { changedScript, looksLikeScript } from "./script-changes.js";

/** One change of a cell's source. */
export interface Change {
  readonly start: number;
  readonly end: number;
  /** What stands there instead. */
  readonly text: string;
}

/** What is known of a notebook's constants: those with a text or a number. */
export type Constants = ReadonlyMap<string, "text" | "number">;

/** The constants of all cells that are set to a text or a number. */
export function constantsOf(sources: readonly string[]): Constants {
  const constants = new Map<string, "text" | "number">();
  for (const source of sources) {
    new Visitor({
      VariableDeclaration({ kind, declarations }) {
        if (kind !== "const") return;
        for (const { id, init } of declarations) {
          if (id.type !== "Identifier" || init === null) continue;
          const isText = init.type === "TemplateLiteral" || typeof literal(init) === "string";
          if (isText) constants.set(id.name, "text");
          else if (typeof literal(init) === "number") constants.set(id.name, "number");
        }
      },
    }).visit(parse(source));
  }
  return constants;
}

/**
 * Finds the changes that make a cell send something else to Redis: each key, value, number and
 * option among the arguments of its commands, and each number and text in its Lua scripts. Left out
 * is what `cli` and `wire` print themselves, so that a change shows at once, and `isBlind`.
 */
export function changesOf(source: string, constants: Constants): Change[] {
  const changes: Change[] = [];
  let inWire = 0;
  const isWire = (node: Node) =>
    node.type === "CallExpression" &&
    node.callee.type === "Identifier" &&
    node.callee.name === "wire";
  const script = (node: Node) => {
    if (looksLikeScript(source.slice(node.start, node.end))) {
      changes.push(...changedScript(source, node));
    }
  };
  new Visitor({
    CallExpression(node) {
      if (isWire(node)) inWire++;
      const call = commandCall(node);
      if (call === undefined || inWire > 0) return;
      const words = call.args.map(word);
      for (const [index, argument] of call.args.entries()) {
        if (isBlind(call.command, words, index)) continue;
        if (!looksLikeScript(source.slice(argument.start, argument.end))) {
          changes.push(...changed(argument, source, constants));
        }
      }
    },
    "CallExpression:exit"(node) {
      if (isWire(node)) inWire--;
    },
    Literal(node) {
      if (typeof node.value === "string") script(node);
    },
    TemplateLiteral: script,
  }).visit(parse(source));
  return changes;
}

function changed(node: Argument | Node, source: string, constants: Constants): Change[] {
  const all = (nodes: readonly (Argument | Node | null)[]) =>
    nodes.flatMap((one) => (one === null ? [] : changed(one, source, constants)));
  const { start, end } = node;
  switch (node.type) {
    case "Literal":
      if (typeof node.value === "number") return [{ start, end, text: String(node.value + 1) }];
      if (typeof node.value !== "string") return [];
      return [{ start, end, text: JSON.stringify(changedText(node.value)) }];
    case "UnaryExpression":
      return node.operator === "-" ? changed(node.argument, source, constants) : [];
    case "TemplateLiteral":
      return [{ start: end - 1, end, text: "~`" }];
    case "Identifier": {
      const kind = constants.get(node.name);
      if (kind === undefined) return [];
      return [{ start, end, text: `(${node.name} + ${kind === "text" ? '"~"' : "1"})` }];
    }
    case "SpreadElement":
      return changed(node.argument, source, constants);
    case "ArrayExpression":
      return all(node.elements);
    case "ObjectExpression":
      return node.properties.flatMap((property) => {
        if (property.type === "SpreadElement") return changed(property, source, constants);
        const { key, value, computed } = property;
        const isName = key.type === "Identifier" && !computed && !property.shorthand;
        const name = isName ? [{ start: key.start, end: key.end, text: `"${key.name}~"` }] : [];
        return [...name, ...(isName || property.shorthand ? [] : all([key])), ...all([value])];
      });
    case "CallExpression":
      // Buffer.from(…), JSON.stringify(…) and the like: what goes in comes out.
      return /^[A-Z]/.test(source.slice(start)) ? all(node.arguments) : [];
    default:
      return [];
  }
}

/** A number stays a number, so that it is not refused for its form alone. */
function changedText(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? String(Number(text) + 1) : `${text}~`;
}

function word(argument: Argument): string | undefined {
  const value = literal(argument);
  return typeof value === "string" ? value : undefined;
}

function literal(node: Argument | Node): unknown {
  return node.type === "Literal" ? node.value : undefined;
}

function parse(source: string) {
  return parseSync("cell.ts", source, { lang: "ts", sourceType: "module" }).program;
}
