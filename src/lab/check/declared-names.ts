import type { BindingPattern, Program, Statement } from "oxc-parser";

/** The names that the statements of a cell declare, those inside functions and blocks left out. */
export function declaredNames({ body }: Program): string[] {
  return body.flatMap((statement) =>
    statement.type === "ExportNamedDeclaration" && statement.declaration !== null
      ? namesOf(statement.declaration)
      : namesOf(statement),
  );
}

function namesOf(statement: Statement | Program["body"][number]): string[] {
  switch (statement.type) {
    case "VariableDeclaration":
      return statement.declarations.flatMap(({ id }) => boundNames(id));
    case "FunctionDeclaration":
    case "TSDeclareFunction":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return statement.id === null ? [] : [statement.id.name];
    default:
      return [];
  }
}

function boundNames(pattern: BindingPattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "AssignmentPattern":
      return boundNames(pattern.left);
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => {
        if (element === null) return [];
        return boundNames(element.type === "RestElement" ? element.argument : element);
      });
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === "RestElement" ? property.argument : property.value),
      );
  }
}
