import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { request } from "#jupyter/messages.js";
import { nestingError } from "#kernel/compile/nesting.js";
import { TestKernel, textOf } from "./client.js";

// What would end a kernel, or let a cell act as the server's user.
let kernel: TestKernel;
const secrets = {
  JUPYTER_TOKEN: "a",
  JUPYTERHUB_API_TOKEN: "b",
  JPY_API_TOKEN: "c",
  MY_TOKEN: "d",
};
beforeAll(async () => {
  kernel = await TestKernel.start({ env: { ...process.env, ...secrets } });
});
afterAll(() => kernel.stop());

test("a cell, and what it starts, sees no secret of Jupyter's, but those of the user's own", async () => {
  const run = await kernel.run(
    'import { execSync } from "node:child_process";\n' +
      'console.log(Object.keys(process.env).filter((name) => name.endsWith("TOKEN")).join(), execSync("env | grep -c TOKEN=").toString().trim())',
  );
  expect(textOf(run)).toBe("MY_TOKEN 1\n");
});

const nested: Record<string, (levels: number) => string> = {
  arrays: (n) => "[".repeat(n) + "]".repeat(n),
  parentheses: (n) => `${"(".repeat(n)}1${")".repeat(n)}`,
  objects: (n) => `x = ${"{a:".repeat(n)}1${"}".repeat(n)}`,
  blocks: (n) => "{".repeat(n) + "}".repeat(n),
  arrows: (n) => `${"x=>".repeat(n)}1`,
  conditions: (n) => `${"a?b:".repeat(n)}1`,
  types: (n) => `type A = ${"Array<".repeat(n)}1${">".repeat(n)}`,
  templates: (n) => `${"`${".repeat(n)}1${"}`".repeat(n)}`,
  assignments: (n) => `${"a=".repeat(n)}1`,
  "not closed": (n) => "[".repeat(n),
};
test.each(Object.entries(nested))(
  "deeply nested %s are an error, not the kernel's end",
  async (_, make) => {
    for (const levels of [2000, 5000, 100_000]) {
      const { reply } = await kernel.run(make(levels));
      expect(reply.content).toMatchObject({ status: "error" });
      if (levels > 5000) continue;
      for (const type of ["is_complete_request", "complete_request", "inspect_request"]) {
        await kernel.ask(type, { code: make(levels), cursor_pos: levels, detail_level: 0 });
      }
    }
    expect((await kernel.run("6 * 7")).reply.content).toMatchObject({ status: "ok" });
    await vi.waitFor(async () => {
      const asked = { code: "Math.ma", cursor_pos: 7 };
      const content = await kernel.ask("complete_request", asked);
      expect(content).toMatchObject({ matches: ["max"] });
    }, 10_000);
  },
);

test.each([
  `const many = [${"[1, { a: 2 }], ".repeat(5000)}];`,
  `const text = "${"(".repeat(5000)}"; // ${"[".repeat(5000)}`,
  Array.from({ length: 3000 }, (_, i) => `const a${i} = { b: ${i} };`).join("\n"),
])("code that is long, but not deep, is no error", (code) => {
  expect(nestingError(code)).toBeUndefined();
});

// Thousands more are sent by `npm run bench:sockets`.
test("requests that hold what they should not are no end of those behind them", async () => {
  const odd = { toString: 1 };
  for (const [type, content] of Object.entries({
    comm_open: { comm_id: odd, target_name: odd },
    comm_msg: { comm_id: odd, data: 1 },
    comm_close: { comm_id: null },
    execute_request: { code: odd, user_expressions: { a: odd } },
  })) {
    await kernel.send(request("shell", type, kernel.session, content));
  }
  expect((await kernel.run("6 * 7")).reply.content).toMatchObject({ status: "ok" });
});
