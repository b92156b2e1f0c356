import { describe, expect, test } from "vitest";
import { WireError } from "#jupyter/errors.js";
import { request } from "#jupyter/messages.js";
import { decode, encode } from "#jupyter/wire.js";

const message = {
  ...request("shell", "execute_request", "session", { code: "zażółć 🐘" }),
  buffers: [Buffer.from([0, 255])],
};

describe("the wire protocol", () => {
  test("a message survives the way, with routing ids before it", () => {
    const frames = [Buffer.from("id"), ...encode(message, "key")];
    expect(decode(frames, "key", "shell")).toEqual(message);
  });

  test("a message signed with another key is refused", () => {
    expect(() => decode(encode(message, "other"), "key", "shell")).toThrow(WireError);
  });

  test("a changed content is refused", () => {
    const frames = encode(message, "key");
    frames[5] = Buffer.from(JSON.stringify({ code: "evil" }));
    expect(() => decode(frames, "key", "shell")).toThrow(/wrong signature/);
  });

  test("an unsigned message is refused when there is a key, and read when there is none", () => {
    expect(() => decode(encode(message, ""), "key", "shell")).toThrow(WireError);
    expect(decode(encode(message, ""), "", "shell")).toEqual(message);
  });

  test.each([
    ["no frame at all", []],
    ["no delimiter", [Buffer.from("x")]],
    ["cut short", encode(message, "key").slice(0, 4)],
  ])("%s is refused", (_what, frames) => {
    expect(() => decode(frames, "key", "shell")).toThrow(WireError);
  });

  test.each([
    ["no object", 5, "[]"],
    ["no object", 2, "1"],
    ["without an id", 2, "null"],
    ["without an id", 2, '{ "msg_id": {}, "msg_type": "x" }'],
  ])("a part that is %s is refused (%i: %s)", (text, index, part) => {
    const frames = encode(message, "");
    frames[index] = Buffer.from(part);
    expect(() => decode(frames, "", "shell")).toThrow(text);
  });

  test("null in place of a content is read as nothing", () => {
    const frames = encode(message, "");
    frames[5] = Buffer.from("null");
    expect(decode(frames, "", "shell").content).toEqual({});
  });

  test("a part that is no JSON is refused", () => {
    const frames = encode(message, "");
    frames[5] = Buffer.from("{");
    expect(() => decode(frames, "", "shell")).toThrow(/not JSON/);
  });
});
