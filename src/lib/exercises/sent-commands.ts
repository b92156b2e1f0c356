import type { Sent } from "./observer.js";

/** Names of commands as a sentence has them: `GET`, `GET and DEL`, `GET, SET and DEL`. */
export function listed(names: readonly string[]): string {
  const short = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  return short.length < 2
    ? short.join("")
    : `${short.slice(0, -1).join(", ")} and ${short[short.length - 1]}`;
}

export const namesOf = (sent: readonly Sent[]) => sent.map(({ name }) => name.toUpperCase());

/** The commands, without those that ioredis had to repeat because Redis did not know the script yet. */
export function withoutRepeats(sent: readonly Sent[]): Sent[] {
  return sent.filter(({ error }) => !error?.startsWith("NOSCRIPT"));
}

/**
 * The steps between which another client could come: one for each command, and one for a whole
 * transaction, whose WATCH and reads are steps before it.
 */
export function stepsOf(sent: readonly Sent[]): Sent[][] {
  const steps: Sent[][] = [];
  const open = new Map<Sent["client"], Sent[]>();
  for (const command of sent) {
    const { name, client } = command;
    const transaction = open.get(client);
    if (transaction) transaction.push(command);
    else {
      const step = [command];
      steps.push(step);
      if (/^multi$/i.test(name)) open.set(client, step);
    }
    if (/^(exec|discard)$/i.test(name)) open.delete(client);
  }
  return steps;
}
