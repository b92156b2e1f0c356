import { task } from "../exercises/task.js";

export interface Removes {
  unlink(...keys: string[]): Promise<number>;
}
export type KeysOf = (user: string) => unknown;
export type RemoveAll = (client: Removes, keys: string[]) => unknown;

/** The part of a key that counts for its slot. */
function hashed(key: string): string {
  const from = key.indexOf("{");
  const to = from === -1 ? -1 : key.indexOf("}", from + 1);
  return to > from + 1 ? key.slice(from + 1, to) : key;
}

export const tasks = {
  1: task("what stands in braces decides", async (t, keysOf: KeysOf) => {
    const tags: string[] = [];
    const all: string[] = [];
    for (const user of ["ala", "ola", "17"]) {
      const names = (await t.call("keysOf", keysOf, user)).value as string[];
      t.same(names.length, 2, "Two names are wanted: profile and cart.");
      const [profile = "", cart = ""] = names;
      t.that(profile !== cart, "Profile and cart should have different names.");
      t.same(hashed(profile), hashed(cart), `The two keys of ${user} are in different slots.`);
      tags.push(hashed(profile));
      all.push(profile, cart);
    }
    t.same(new Set(tags).size, 3, "Different users should be in different slots.");
    t.same(new Set(all).size, 6, "Each user should have names of their own.");
  }),
  2: task("one command a key, all at once", async (t, removeAll: RemoveAll) => {
    for (const keys of [["a", "b", "missing", "c"], ["a"], []]) {
      let [open, most] = [0, 0];
      const client: Removes = {
        unlink: async (...names) => {
          if (new Set(names.map(hashed)).size > 1) {
            throw new Error("CROSSSLOT Keys in request don't hash to the same slot");
          }
          most = Math.max(most, ++open);
          await new Promise((done) => setTimeout(done, 5));
          open--;
          return names.filter((name) => name !== "missing").length;
        },
      };
      const run = await t.call("removeAll", () => removeAll(client, keys));
      const there = keys.filter((name) => name !== "missing").length;
      run.gives(there, `${there} of ${keys.length} keys were there.`);
      t.same(most, keys.length, "Right, but each waited for the one before: send all at once.");
    }
  }),
};
