/** A name in the type checker's process: variable, type, member. */
export interface SymbolAnswer {
  readonly id: number;
  readonly name: string;
  readonly flags: number;
  /** Where a value is declared: two numbers and the file's path, parted by dots. */
  readonly valueDeclaration?: string;
}

/** Bits of `SymbolAnswer.flags`. Source: enums/symbolFlags of the typescript package. */
export const FLAGS = {
  functionScoped: 1 << 0,
  blockScoped: 1 << 1,
  property: 1 << 2,
  enumMember: 1 << 3,
  function: 1 << 4,
  class: 1 << 5,
  interface: 1 << 6,
  enum: (1 << 7) | (1 << 8),
  module: (1 << 9) | (1 << 10),
  method: 1 << 13,
  accessor: (1 << 15) | (1 << 16),
  typeParameter: 1 << 18,
  typeAlias: 1 << 19,
  alias: 1 << 21,
} as const;

/** All that can be a value: for which names to look up. Source: as above, `Value`. */
export const VALUE_MEANING = 111_551;

/** All that can be a type. Source: as above, `Type`. */
export const TYPE_MEANING = 788_968;

/** A word for a kind of symbol, as completion lists show it. */
export function kindOfSymbol({ flags }: Pick<SymbolAnswer, "flags">): string {
  if (flags & FLAGS.class) return "class";
  if (flags & (FLAGS.functionScoped | FLAGS.blockScoped)) return "variable";
  if (flags & FLAGS.function) return "function";
  if (flags & FLAGS.enum) return "enum";
  if (flags & FLAGS.module) return "module";
  if (flags & FLAGS.interface) return "interface";
  if (flags & FLAGS.typeAlias) return "type";
  return "variable";
}
