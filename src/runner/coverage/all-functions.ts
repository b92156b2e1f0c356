import type { Script } from "./file-coverage.js";

type V8Function = Script["functions"][number];

/** By this name v8-to-istanbul takes all lines as not run. */
const NOTHING = "(empty-report)";

/**
 * V8 tells all functions of a script once, and then only those that have run since: the others are
 * added, as not run.
 */
export class AllFunctions {
  readonly #known = new Map<string, ReadonlyMap<string, V8Function>>();

  /** @param process tells scripts of several processes apart */
  of(script: Script, process: string): Script {
    const key = `${process} ${script.scriptId} ${script.url}`;
    const ran = new Map(script.functions.map((one) => [placeOf(one), one]));
    const all = new Map([...(this.#known.get(key) ?? []), ...ran]);
    this.#known.set(key, new Map([...all].map(([place, one]) => [place, notRun(one)])));
    // An inner function overrules what is said of the lines of the outer one.
    const functions = [...all.values()].toSorted(outerFirst);
    const [body] = functions;
    if (body === undefined || ran.has(placeOf(body))) return { ...script, functions };
    return { ...script, functions: [{ ...notRun(body), functionName: NOTHING }, ...functions] };
  }
}

const whole = ({ ranges: [first] }: V8Function) => ({
  start: first?.startOffset ?? 0,
  end: first?.endOffset ?? 0,
});

function placeOf(one: V8Function): string {
  const { start, end } = whole(one);
  return `${start}-${end}`;
}

function notRun(one: V8Function): V8Function {
  const { start, end } = whole(one);
  return { ...one, ranges: [{ startOffset: start, endOffset: end, count: 0 }] };
}

function outerFirst(a: V8Function, b: V8Function): number {
  const [first, second] = [whole(a), whole(b)];
  return first.start - second.start || second.end - first.end;
}
