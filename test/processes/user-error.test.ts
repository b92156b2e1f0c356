import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { toldToUser, UserError } from "#processes/user-error.js";
import { root } from "../root.js";

const failing = (code: string, rest: object) => Object.assign(new Error(code), { code, ...rest });

test.each([
  [failing("ENOTDIR", { path: "/a/b" }), "Cannot use /a/b: a part of that path is a file"],
  [failing("EACCES", { path: "/a" }), "Cannot use /a: permission is missing."],
  [failing("ENOSPC", { path: "/a" }), "Cannot use /a: the disk is full."],
  [failing("ENOSPC", {}), "A file could not be written: the disk is full."],
  [failing("EADDRINUSE", { port: 80, address: "::1" }), "Port 80 of ::1 is in use"],
  [failing("ERR_PARSE_ARGS_UNKNOWN_OPTION", {}), "--help lists the options."],
  [new UserError("Do this."), "Do this."],
  // As from a bundle, which has a class of its own.
  [Object.assign(new Error("Do that."), { exitStatus: 2 }), "Do that."],
])("%s is told without a stack", (error, message) => {
  expect(toldToUser(error)?.message).toContain(message);
  expect(toldToUser(error)?.exitStatus).toBe(2);
});

test("what is no fault of the user's is not", () => {
  expect(toldToUser(new TypeError("x"))).toBeUndefined();
  expect(toldToUser(failing("ENOENT", {}))).toBeUndefined();
  expect(toldToUser(failing("ECONNRESET", {}))).toBeUndefined();
  expect(toldToUser(new DOMException("x", "AbortError"))).toBeUndefined();
  expect(toldToUser("x")).toBeUndefined();
});

const inFile = "/etc/hostname/x";
test.each([
  ["kernel", ["install", "--prefix", inFile], {}],
  ["web", [], { MEDIA_ROOT: inFile, REDIS_URL: "redis://127.0.0.1:1" }],
  ["worker", [], { MEDIA_ROOT: inFile, REDIS_URL: "redis://127.0.0.1:1" }],
  ["notebooks", ["--junit", inFile, "notebooks/1.1-connection.ipynb"], {}],
  ["check-notebooks", ["--wrong"], {}],
  ["start", ["--port", "x"], {}],
])("npm run %s %j: one sentence, status 2", (script, args, env) => {
  const command = ["scripts/bootstrap.mjs", script, ...args];
  const options = { cwd: root, env: { ...process.env, ...env }, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    ...options,
    timeout: 30_000,
  });
  expect(stdout).not.toMatch(/^\s+at /m);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr.trim()).not.toBe("");
  expect(status).toBe(2);
});
