import type { AnswerTable } from "../answer-table.js";

const sentinels = (hosts: string[]) =>
  hosts.map((address) => {
    const [host, port] = address.split(":");
    return { host, port: Number(port) };
  });

export const answers: AnswerTable = {
  "10b/1": {
    right: [
      (hosts) => ({ sentinels: sentinels(hosts), name: "orders", maxRetriesPerRequest: null }),
    ],
    wrong: [
      [(hosts) => ({ host: hosts[0] }), "Its sentinels"],
      [
        (hosts) => ({ sentinels: sentinels(hosts), name: "orders" }),
        "as long as the failover takes",
      ],
      [(hosts) => ({ sentinels: sentinels(hosts), maxRetriesPerRequest: null }), "called orders"],
    ],
  },
  "10b/2": {
    right: [
      async (client, key, value) => {
        await client.set(key, value);
        return (await client.wait(1, 100)) >= 1;
      },
    ],
    wrong: [
      [
        async (client, key, value) => (await client.set(key, value)) === "OK",
        "WAIT for one replica",
      ],
      [
        async (client, key, value) => {
          await client.wait(1, 100);
          return (await client.set(key, value)) === "OK";
        },
        "write first",
      ],
      [
        async (client, key, value) => {
          await client.set(key, value);
          return (await client.wait(1, 100)) === 1;
        },
        "2 replicas have it",
      ],
    ],
  },
};
