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
  gives(expected: unknown, requirement?: string): this {
    if (isDeepStrictEqual(this.value, expected)) return this;
    throw new Unmet(requirement ?? `${this.call} should give something else.`, {
      expected,
      got: this.value,
    });
  }

  /** Redis was asked at all. */
  asksRedis(): this {
    if (this.sent.length > 0) return this;
    throw new Unmet("Right value, but nothing was sent to Redis: let Redis answer.");
  }

  /** One command, which may be a script. */
  inOneCommand(): this {
    this.asksRedis().inOneStep();
    if (this.sent.length === 1) return this;
    throw new Unmet(
      `Right, and nobody can come in between, but it took ${this.sent.length} commands ` +
        `(${listed(namesOf(this.sent))}) where one is enough.`,
    );
  }

  /** One command, one script or one transaction: nobody can come in between. */
  inOneStep(): this {
    const steps = stepsOf(this.asksRedis().sent);
    if (steps.length === 1) return this;
    throw new Unmet(
      `Right value, but ${this.sent.length} commands (${listed(namesOf(this.sent))}): ` +
        "another client can come between them.",
    );
  }

  /** At least one of these commands was sent. */
  uses(commands: readonly string[], requirement?: string): this {
    const sent = namesOf(this.asksRedis().sent);
    if (commands.some((name) => sent.includes(name))) return this;
    throw new Unmet(
      requirement ??
        `Right value, but by ${listed(sent)}: the task asks for ${commands.join(" or ")}.`,
    );
  }

  /** None of these commands was sent. */
  avoids(commands: readonly string[], requirement: string): this {
    if (!namesOf(this.sent).some((name) => commands.includes(name))) return this;
    throw new Unmet(requirement);
  }
}
