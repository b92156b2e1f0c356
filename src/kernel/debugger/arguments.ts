import { DebugError } from "../errors.js";

type Values = Readonly<Record<string, unknown>>;

/** What a request carries: anyone may send anything. */
export class Arguments {
  readonly #values: Values;

  constructor(values: unknown) {
    this.#values = isObject(values) ? values : {};
  }

  /** @throws {DebugError} when it is no text */
  text(name: string): string {
    const value = this.#values[name];
    if (typeof value !== "string") throw new DebugError(`The argument ${name} must be a text.`);
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === "string" ? value : undefined;
  }

  /** @throws {DebugError} when it is no whole number, 0 or more */
  number(name: string): number {
    const value = this.#values[name];
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw new DebugError(`The argument ${name} must be a whole number, 0 or more.`);
  }

  /** @throws {DebugError} when it is there and no whole number, 0 or more */
  optionalNumber(name: string): number | undefined {
    const value = this.#values[name];
    return value === undefined || value === null ? undefined : this.number(name);
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  object(name: string): Arguments {
    return new Arguments(this.#values[name]);
  }

  /** The objects in a list; none when there is no list. */
  list(name: string): Arguments[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.filter(isObject).map((one) => new Arguments(one)) : [];
  }

  /** The texts in a list. */
  texts(name: string): string[] {
    const value = this.#values[name];
    return Array.isArray(value)
      ? value.filter((one): one is string => typeof one === "string")
      : [];
  }
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
