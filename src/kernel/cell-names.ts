/**
 * A variation selector that no font draws and no writing uses, and that may stand in identifiers. So
 * a name reads the same even where it is not turned back.
 */
const MARK = "\u{E01EF}";

/**
 * What V8 calls a name that cells declare. V8's REPL scope is global: every package would see the
 * cells' `window` or `name`, also before it has a value.
 */
export function scopeName(name: string): string {
  return name + MARK;
}

/** Whether V8 knows a name of the cells by this one. */
export function isScopeName(name: string): boolean {
  return name.endsWith(MARK);
}

/** What the user calls a name that V8 calls so; other names stay. */
export function sourceName(name: string): string {
  return isScopeName(name) ? name.slice(0, -MARK.length) : name;
}

/** A message, stack or source of V8's in the user's names. */
export function withSourceNames(text: string): string {
  return text.includes(MARK) ? text.replaceAll(MARK, "") : text;
}
