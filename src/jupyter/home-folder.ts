import { homedir } from "node:os";

/** The user's home; undefined for a user who has none, as in a container that runs as any number. */
export function homeFolder(): string | undefined {
  try {
    return homedir() || undefined;
  } catch {
    return undefined;
  }
}
