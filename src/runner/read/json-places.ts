/** Where something stands in a JSON text: from its first character to behind its last. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A member of an object: its name, where that begins, and its value. */
export interface Member {
  readonly name: string;
  readonly start: number;
  readonly value: Place;
}

/**
 * The members of the object that begins at a place. Text that is edited by place keeps all its other
 * bytes: numbers beyond a double's, the order of members, escapes.
 *
 * @param text valid JSON, as are the other functions' texts
 */
export function membersAt(text: string, start: number): Member[] {
  return partsOf(text, start, (at) => {
    const name = { start: at, end: valueEnd(text, at) };
    const value = skipBlanks(text, skipBlanks(text, name.end) + 1);
    return {
      name: JSON.parse(text.slice(name.start, name.end)) as string,
      start: at,
      value: { start: value, end: valueEnd(text, value) },
    };
  });
}

/** The elements of the array that begins at a place. */
export function elementsAt(text: string, start: number): Place[] {
  return partsOf(text, start, (at) => ({ start: at, end: valueEnd(text, at) }));
}

/** The value of a member; where a name stands twice, the last, which is what JSON.parse takes. */
export function memberAt(text: string, start: number, name: string): Member | undefined {
  if (text[start] !== "{") return undefined;
  return membersAt(text, start).findLast((member) => member.name === name);
}

/** The cells of a notebook's text. */
export function cellPlaces(text: string): Place[] {
  const cells = memberAt(text, skipBlanks(text, 0), "cells");
  return cells === undefined ? [] : elementsAt(text, cells.value.start);
}

function partsOf<T extends Place | Member>(
  text: string,
  start: number,
  part: (at: number) => T,
): T[] {
  const parts: T[] = [];
  let at = skipBlanks(text, start + 1);
  while (at < text.length && text[at] !== "]" && text[at] !== "}") {
    const one = part(at);
    parts.push(one);
    at = skipBlanks(text, "value" in one ? one.value.end : one.end);
    if (text[at] === ",") at = skipBlanks(text, at + 1);
  }
  return parts;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && " \t\r\n".includes(text.charAt(at))) at++;
  return at;
}

function valueEnd(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return stringEnd(text, start);
  if (first !== "{" && first !== "[") {
    const end = /[\s,\]}]/g;
    end.lastIndex = start;
    return end.exec(text)?.index ?? text.length;
  }
  const next = /["{}[\]]/g;
  next.lastIndex = start;
  for (let depth = 0, match = next.exec(text); match !== null; match = next.exec(text)) {
    if (match[0] === '"') next.lastIndex = stringEnd(text, match.index);
    else if (match[0] === "{" || match[0] === "[") depth++;
    else if (--depth === 0) return match.index + 1;
  }
  return text.length;
}

function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (text[first - 1] === "\\") first--;
    if ((at - first) % 2 === 0) return at + 1;
  }
  return text.length;
}
