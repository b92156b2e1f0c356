import { redis, type AnswerTable } from "../answer-table.js";

const around = (longitude: number, latitude: number) => [
  "FROMLONLAT",
  longitude,
  latitude,
  "BYRADIUS",
  1000,
  "km",
];

export const answers: AnswerTable = {
  "13b/1": {
    right: [
      (key, longitude, latitude, count) =>
        redis.call("GEOSEARCH", key, ...around(longitude, latitude), "ASC", "COUNT", count),
    ],
    wrong: [
      [
        (key, longitude, latitude) => redis.call("GEOSEARCH", key, ...around(longitude, latitude)),
        "nearest(",
      ],
      [
        async (key, longitude, latitude, count) => {
          const all = (await redis.call(
            "GEOSEARCH",
            key,
            ...around(longitude, latitude),
            "ASC",
          )) as string[];
          return all.slice(0, count);
        },
        "brought 4 elements",
      ],
      [
        (key, longitude, latitude, count) =>
          redis.call("GEOSEARCH", key, ...around(longitude, latitude), "DESC", "COUNT", count),
        "nearest(",
      ],
    ],
  },
  "13b/2": {
    right: [
      async (key, courier, longitude, latitude) =>
        (await redis.call("GEOADD", key, "XX", "CH", longitude, latitude, courier)) === 1,
    ],
    wrong: [
      [
        async (key, courier, longitude, latitude) =>
          (await redis.geoadd(key, longitude, latitude, courier)) === 0,
        "left out",
      ],
      [
        async (key, courier, longitude, latitude) =>
          (await redis.call("GEOADD", key, "XX", longitude, latitude, courier)) === 1,
        "Jan is known",
      ],
      [
        async (key, courier, longitude, latitude) => {
          const script = `if not redis.call("ZSCORE", KEYS[1], ARGV[3]) then return 0 end
            redis.call("GEOADD", KEYS[1], ARGV[1], ARGV[2], ARGV[3])
            return 1`;
          return (await redis.eval(script, 1, key, longitude, latitude, courier)) === 1;
        },
        "Jan has not moved",
      ],
    ],
  },
};
