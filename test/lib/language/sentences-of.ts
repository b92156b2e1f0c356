import {
  parseSync,
  Visitor,
  type Argument,
  type PrivateIdentifier,
  type Expression,
} from "oxc-parser";

/** Where in a call the sentence for the learner stands. */
const PLACES: Readonly<Record<string, number>> = {
  task: 0,
  Unmet: 0,
  gives: 1,
  that: 1,
  same: 2,
  avoids: 1,
  inOneStep: 0,
  inOneCommand: 0,
};

/** What the exercises in a file may say; `x` stands where something is filled in. */
export function sentencesOf(source: string): string[] {
  const { program } = parseSync("task.ts", source, { lang: "ts", sourceType: "module" });
  const found: string[] = [];
  const take = (name: string, args: readonly Argument[]) => {
    const argument = args[PLACES[name] ?? args.length];
    if (argument && argument.type !== "SpreadElement") found.push(...textsOf(argument));
  };
  new Visitor({
    CallExpression({ callee, arguments: args }) {
      if (callee.type === "Identifier") take(callee.name, args);
      else if (callee.type === "MemberExpression" && callee.property.type === "Identifier") {
        take(callee.property.name, args);
      }
    },
    NewExpression({ callee, arguments: args }) {
      if (callee.type === "Identifier") take(callee.name, args);
    },
  }).visit(program);
  return found.filter((text) => /[a-z]{2}/.test(text));
}

function textsOf(node: Expression | PrivateIdentifier): string[] {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? [node.value] : [];
    case "TemplateLiteral":
      return [node.quasis.map(({ value }) => value.cooked ?? "").join("x")];
    case "ConditionalExpression":
      return [...textsOf(node.consequent), ...textsOf(node.alternate)];
    case "LogicalExpression":
      return [...textsOf(node.left), ...textsOf(node.right)];
    case "BinaryExpression":
      return textsOf(node.left).flatMap((left) => textsOf(node.right).map((right) => left + right));
    default:
      return [];
  }
}
