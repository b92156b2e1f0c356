import { describe, expect, test } from "vitest";
import { RefusedError } from "#web/errors.js";
import { readWish, type WishField } from "#web/wish.js";

const read = (fields: Partial<Record<WishField, string>>) =>
  readWish(new Map(Object.entries(fields) as [WishField, string][]));

describe("how thumbnails are wanted", () => {
  test.each([
    [{}, {}],
    [{ fit: "", format: " ", quality: "", animated: "" }, {}],
    [
      { fit: "Cover", format: "WEBP", quality: "70" },
      { fit: "cover", format: "webp", quality: 70 },
    ],
    [{ animated: "on" }, { animated: true }],
    [{ animated: "true" }, { animated: true }],
    [{ animated: "false" }, {}],
    [{ quality: "1" }, { quality: 1 }],
    [{ quality: "100" }, { quality: 100 }],
  ])("%j is %j", (fields, wish) => expect(read(fields)).toEqual(wish));

  test.each<[Partial<Record<WishField, string>>, string, string]>([
    [{ fit: "stretch" }, "fit", "inside, cover, contain"],
    [{ format: "tiff" }, "format", "keep, jpeg, png, webp, avif"],
    [{ quality: "0" }, "quality", "from 1 to 100"],
    [{ quality: "101" }, "quality", "from 1 to 100"],
    [{ quality: "5.5" }, "quality", "from 1 to 100"],
    [{ quality: "best" }, "quality", "from 1 to 100"],
  ])("%j is refused beside its field", (fields, field, message) => {
    expect(() => read(fields)).toThrow(RefusedError);
    expect(() => read(fields)).toThrow(expect.objectContaining({ field, statusCode: 400 }));
    expect(() => read(fields)).toThrow(message);
  });
});
