import { isDeepStrictEqual } from "node:util";
import type { Sent } from "./observer.js";
import { listed, namesOf, stepsOf, withoutRepeats } from "./sent-commands.js";
import { Unmet } from "./unmet.js";

/** One call of an answer: what came of it, and what it sent to Redis. */
export class Run {
  readonly sent: readonly Sent[];

  constructor(
    /** The call as a learner would write it. */
    readonly call: string,
    readonly value: unknown,
    sent: readonly Sent[],
  ) {
    this.sent = withoutRepeats(sent);
  }

  /** The call has this value. */
  gives(expected: unknown, requirement = `${this.call} should give another value.`): this {
    if (isDeepStrictEqual(this.value, expected)) return this;
    throw new Unmet(requirement, { expected, got: this.value });
  }

  /** Redis was asked at all. */
  asksRedis(): this {
    if (this.sent.length > 0) return this;
    throw new Unmet("Right result, but nothing was sent to Redis: let Redis work it out.");
  }

  /**
   * One command, which may be a script.
   *
   * @param otherwise what can happen between two
   */
  inOneCommand(otherwise?: string): this {
    this.inOneStep(otherwise);
    if (this.sent.length === 1) return this;
    throw new Unmet(
      `Right result, and nobody can come in between, but it took ${this.sent.length} commands ` +
        `(${listed(namesOf(this.sent))}) where one is enough.`,
    );
  }

  /**
   * One command, one script or one transaction.
   *
   * @param otherwise what can happen between two
   */
  inOneStep(otherwise = "another client can come between them"): this {
    if (stepsOf(this.asksRedis().sent).length === 1) return this;
    throw new Unmet(
      `Right result, but ${this.sent.length} commands (${listed(namesOf(this.sent))}): ${otherwise}.`,
    );
  }

  /** Whether it sent a command that waits, such as BRPOP or XREAD with BLOCK. */
  blocks(): boolean {
    return this.sent.some(
      ({ name, args }) =>
        /^(b[lrz]|wait)/i.test(name) || args.some((arg) => String(arg).toUpperCase() === "BLOCK"),
    );
  }

  /** At least one of these commands was sent. */
  uses(commands: readonly string[], requirement?: string): this {
    const sent = namesOf(this.asksRedis().sent);
    if (commands.some((name) => sent.includes(name))) return this;
    throw new Unmet(
      requirement ??
        `Right result, but by ${listed(sent)}: the task asks for ${commands.join(" or ")}.`,
    );
  }

  /** None of these commands was sent. */
  avoids(commands: readonly string[], requirement: string): this {
    if (!namesOf(this.sent).some((name) => commands.includes(name))) return this;
    throw new Unmet(requirement);
  }

  /** Redis sent no longer list than this. */
  receivesAtMost(elements: number): this {
    for (const { reply, name } of this.sent) {
      if (!Array.isArray(reply) || reply.length <= elements) continue;
      throw new Unmet(
        `Right result, but ${name.toUpperCase()} brought ${reply.length} elements to pick from: ` +
          "ask Redis for no more than you need.",
      );
    }
    return this;
  }
}
