import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { SmallDisk } from "../chaos/small-disk.js";
import { until, type Server, type Servers } from "../chaos/redis-servers.js";

/** What a fault begins with, does in the middle, and mends. */
interface Fault {
  readonly redisUrl: string;
  readonly mediaRoot: string;
  /** Told a worker that is started with another folder, should the fault be that. */
  begin(startWorker: (mediaRoot: string) => Promise<void>): Promise<unknown>;
  end(): Promise<unknown>;
  close?(): Promise<unknown>;
}

type Open = (servers: Servers, folder: string, bytes: number) => Promise<Fault>;

const nothing = async () => {};
/** Writes down each command: what was told to be in Redis is there after a restart. */
const kept = (name: string) => ({ appendonly: "yes", appendfsync: "always", appenddirname: name });

/** By the name under which each is asked for. */
export const FAULTS: Readonly<Record<string, Open>> = {
  restart: async (servers, folder) => {
    const redis = await servers.start(kept("aof"));
    const begin = async () => redis.process.signal("SIGTERM");
    return { redisUrl: redis.url, mediaRoot: media(folder), begin, end: () => redis.restart() };
  },

  failover: async (servers, folder) => {
    const master = await servers.start();
    const replica = await servers.start({ replicaof: ["127.0.0.1", String(master.port)] });
    await until(async () => (await replica.admin.info("replication")).includes("link_status:up"));
    const sentinel = await servers.sentinel("main", master.port);
    await until(async () => (await sentinel.admin.info("sentinel")).includes("slaves=1"));
    return {
      redisUrl: `redis+sentinel://127.0.0.1:${sentinel.port}/main`,
      mediaRoot: media(folder),
      begin: async () => {
        await master.admin.call("WAIT", "1", "1000");
        master.process.signal("SIGKILL");
      },
      end: () =>
        until(async () => (await replica.admin.info("replication")).includes("role:master")),
    };
  },

  cluster: async (servers, folder) => {
    const nodes = await servers.cluster();
    let holder: Server | undefined;
    return {
      redisUrl: nodes.map(({ url }) => url).join(","),
      mediaRoot: media(folder),
      begin: async () => {
        const keys = await Promise.all(nodes.map(({ admin }) => admin.dbsize()));
        holder = nodes[keys.indexOf(Math.max(...keys))];
        holder?.process.signal("SIGKILL");
      },
      end: async () => holder?.restart(),
    };
  },

  memory: async (servers, folder) => {
    const { url, admin } = await servers.start();
    const limit = (bytes: number) => admin.config("SET", "maxmemory", bytes);
    const mediaRoot = media(folder);
    return { redisUrl: url, mediaRoot, begin: () => limit(1), end: () => limit(0) };
  },

  disk: async (servers, _folder, bytes) => {
    const { url } = await servers.start();
    const disk = await SmallDisk.open(bytes);
    const [begin, end, close] = [() => disk.fill(), () => disk.free(), () => disk.close()];
    return { redisUrl: url, mediaRoot: disk.path, begin, end, close };
  },

  folder: async (servers, folder) => {
    const { url } = await servers.start();
    const other = join(folder, "other");
    await mkdir(other);
    return {
      redisUrl: url,
      mediaRoot: media(folder),
      begin: (startWorker) => startWorker(other),
      end: nothing,
    };
  },
};

const media = (folder: string) => join(folder, "media");
