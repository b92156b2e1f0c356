import { onCloseAll } from "./connections.js";
import { close, type Open } from "./with-open.js";

const kept = new Map<string, Open>();

/**
 * Makes something that several cells use, such as a QueueEvents, or gives the one that is open
 * already: a cell that is run again opens no second one. `closeAll()` closes it; after that the next
 * call makes it anew.
 *
 * @param name of the notebook's choice
 */
export function keepOpen<T extends Open>(name: string, make: () => T): T {
  const known = kept.get(name);
  if (known !== undefined) return known as T;
  const made = make();
  if (!made.listenerCount?.("error")) made.on("error", () => {});
  kept.set(name, made);
  onCloseAll(async () => {
    kept.delete(name);
    await close(made);
  });
  return made;
}
