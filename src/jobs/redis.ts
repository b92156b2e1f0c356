// Where Redis is and what is the matter with it, without the queues: BullMQ takes half a second to load.
export { RedisUnusableError, RedisUrlError, SettingError } from "./errors.js";
export { checkRedis, type RedisFacts } from "./redis/check-redis.js";
export { openRedis, redisOptions } from "./redis/open-redis.js";
export {
  parseRedisUrl,
  queuePrefix,
  withoutPassword,
  type RedisTarget,
} from "./redis/redis-target.js";
export { reasonOf, troubleOf, type RedisTrouble } from "./redis/redis-trouble.js";
