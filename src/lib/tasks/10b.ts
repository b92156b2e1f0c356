import { task } from "../exercises/task.js";

export interface Writes {
  set(key: string, value: string): Promise<unknown>;
  wait(replicas: number, ms: number): Promise<number>;
}
export type Options = (hosts: string[]) => unknown;
export type SetSafely = (client: Writes, key: string, value: string) => unknown;

export const tasks = {
  1: task("sentinels, name, and maxRetriesPerRequest", async (t, options: Options) => {
    for (const hosts of [["a.example:26379"], ["b.example:1", "c.example:26380"]]) {
      const given = (await t.call("options", options, hosts)).value as Record<string, unknown>;
      const sentinels = hosts.map((address) => {
        const [host, port] = address.split(":");
        return { host, port: Number(port) };
      });
      t.same(
        given["sentinels"],
        sentinels,
        "Its sentinels should be host and port of each address.",
      );
      t.same(given["name"], "orders", "The primary is called orders.");
      const { maxRetriesPerRequest } = given;
      t.same(maxRetriesPerRequest, null, "A command should wait as long as the failover takes.");
    }
  }),
  2: task("WAIT replies how many replicas have it", async (t, setSafely: SetSafely) => {
    for (const [replicas, expected] of [
      [1, true],
      [0, false],
      [2, true],
    ] as const) {
      const calls: string[] = [];
      const client: Writes = {
        set: async (key, value) => {
          calls.push(`set ${key} ${value}`);
          return "OK";
        },
        wait: async (least, ms) => {
          calls.push(`wait ${least} ${ms}`);
          return replicas;
        },
      };
      const run = await t.call("setSafely", () => setSafely(client, "key", "value"));
      t.same(calls[0], "set key value", "It should write first.");
      t.same(calls[1], "wait 1 100", "It should then WAIT for one replica, 100 ms at most.");
      run.gives(expected, `${replicas} replicas have it: it should give ${expected}.`);
    }
  }),
};
