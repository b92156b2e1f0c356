/** A picture that the server never got. */
export interface Unsent {
  readonly name: string;
  readonly reason: string;
}

const KEY = "unsent";

export function unsent(): readonly Unsent[] {
  return JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as readonly Unsent[];
}

export function keepUnsent(one: Unsent): void {
  keep([...unsent().filter(({ name }) => name !== one.name), one]);
}

export function forgetUnsent(name: string): void {
  keep(unsent().filter((one) => one.name !== name));
}

const keep = (all: readonly Unsent[]) => sessionStorage.setItem(KEY, JSON.stringify(all));
