import type { TroubleKind } from "./redis-trouble.js";

export interface TroubleRule {
  readonly kind: TroubleKind;
  readonly pattern: RegExp;
  readonly mayPass?: true;
  readonly brief: string;
  /** After "Redis at ADDRESS". */
  readonly says: string;
  /** What to change. */
  readonly fix: string;
}

/** The first that matches code or message counts. */
export const TROUBLE_RULES: readonly TroubleRule[] = [
  {
    kind: "password",
    pattern: /WRONGPASS|invalid (username-)?password|NOAUTH|without any password configured/i,
    brief: "Redis refuses the password",
    says: "refuses the user or password",
    fix: "Set REDIS_URL to redis://user:password@host, with %40 for an @ in the password.",
  },
  {
    kind: "permission",
    pattern: /connect (EACCES|EPERM)/,
    brief: "Redis cannot be reached",
    says: "cannot be opened by this user",
    fix: "Let this user into the group of the socket, or set unixsocketperm to 770 there.",
  },
  {
    kind: "permission",
    pattern: /NOPERM|ACL failure|The user executing the script/,
    brief: "Redis denies a permission",
    says: "denies a permission that is needed",
    fix:
      "Allow the user of REDIS_URL all commands but dangerous ones, INFO, and the keys of " +
      "REDIS_PREFIX: ACL SETUSER name +@all -@dangerous +info +client ~PREFIX:*",
  },
  {
    kind: "database",
    pattern: /(invalid|out of range).*DB index|DB index is out of range|SELECT is not allowed/i,
    brief: "Redis has no such database",
    says: "has no database of that number",
    fix: "Change the number at the end of REDIS_URL, or leave it out.",
  },
  {
    kind: "cluster",
    pattern: /^(MOVED|ASK|CROSSSLOT) |cluster support disabled|is a node of a cluster/i,
    brief: "Redis is set up in another way",
    says: "is not what REDIS_URL says",
    fix:
      "For a Redis Cluster list its nodes (redis://a:7000,redis://b:7000) or write " +
      "redis+cluster://a:7000; for a single Redis name one.",
  },
  {
    kind: "sentinel",
    pattern: /No such master|invalid reply: null|unknown command.*sentinel|^not a sentinel/i,
    brief: "Redis is set up in another way",
    says: "is no Sentinel that knows this master",
    fix: "REDIS_URL is redis+sentinel://host:26379/NAME, with the name from `SENTINEL MASTERS`.",
  },
  {
    kind: "tls",
    pattern:
      /certificate|self.signed|wrong version number|speaks TLS|speaks no TLS|ERR_SSL|ERR_TLS|EPROTO|packet length too long|tlsv1|ssl\/tls alert|before secure TLS|Hostname\/IP does not match/i,
    brief: "Redis cannot be reached over TLS",
    says: "cannot be used over TLS",
    fix:
      "rediss:// is with TLS, redis:// without. REDIS_TLS_CA names the file of the authority that " +
      "signed its certificate, REDIS_TLS_CERT and REDIS_TLS_KEY the client's own.",
  },
  {
    kind: "not redis",
    pattern: /Protocol error|unknown RESP type|as reply type byte/i,
    brief: "what answers is not Redis",
    says: "is not a Redis",
    fix: "Set REDIS_URL to the host and port of a Redis.",
  },
  {
    kind: "refused",
    pattern: /^DENIED|protected mode/i,
    brief: "Redis refuses this machine",
    says: "is in protected mode and refuses other machines",
    fix: "Give it a password (requirepass), and REDIS_URL too.",
  },
  {
    kind: "too old",
    pattern: /Redis version needs|is older than/i,
    brief: "Redis is too old",
    says: "is too old",
    fix: "Set REDIS_URL to a Redis of version 6.2 or later.",
  },
  {
    kind: "read-only",
    pattern: /READONLY|UNBLOCKED|can't write against a read only/i,
    mayPass: true,
    brief: "Redis is read-only",
    says: "is a replica, which takes no writes",
    fix: "REDIS_URL must lead to the master; redis+sentinel:// follows it.",
  },
  {
    kind: "no memory",
    pattern: /^OOM |OOM command not allowed|'maxmemory'/,
    mayPass: true,
    brief: "Redis has no memory left",
    says: "has no memory left",
    fix: "Raise its maxmemory.",
  },
  {
    kind: "no disk",
    pattern: /MISCONF/,
    mayPass: true,
    brief: "Redis cannot save its data",
    says: "cannot save its data and takes no writes",
    fix: "Give its disk room.",
  },
  {
    kind: "loading",
    pattern: /LOADING|MASTERDOWN/,
    mayPass: true,
    brief: "Redis is loading its data",
    says: "is loading its data",
    fix: "It needs time.",
  },
  {
    kind: "too many clients",
    pattern: /max number of clients/i,
    mayPass: true,
    brief: "Redis has too many clients",
    says: "takes no more clients",
    fix: "Raise its maxclients.",
  },
  {
    kind: "too few replicas",
    pattern: /NOREPLICAS/,
    mayPass: true,
    brief: "Redis misses its replicas",
    says: "has fewer replicas than its min-replicas-to-write",
    fix: "Start its replicas.",
  },
  {
    kind: "busy",
    pattern: /^BUSY |^TRYAGAIN/,
    mayPass: true,
    brief: "Redis is busy",
    says: "is busy with another's script",
    fix: "SCRIPT KILL ends it.",
  },
  {
    kind: "cluster down",
    pattern: /CLUSTERDOWN|slots cache|startup nodes|Too many Cluster redirections/i,
    mayPass: true,
    brief: "the Redis cluster is down",
    says: "is a cluster that is down, or in part",
    fix: "Start its nodes; REDIS_URL lists some of them.",
  },
  {
    kind: "away",
    pattern:
      /ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EAI_|ENOTFOUND|ENOENT|Connection is closed|writeable|max retries per request|Command timed out|no answer within|All sentinels are unreachable|Socket|aborted due to connection close|connection was closed/i,
    mayPass: true,
    brief: "Redis is away",
    says: "does not answer",
    fix: "Is it running there? REDIS_URL chooses another.",
  },
];
