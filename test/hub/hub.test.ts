import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "guarded-processes/free-port";
import { labFiles, labFolderOf } from "redis-lab-jobs/lab-folder";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type OpenBrowser } from "../browser/chromium.js";
import { processesOf, stillRunning } from "../browser/lab-process.js";
import { NotebookPage } from "../browser/notebook-page.js";
import { tooNewForPython } from "../python-versions.js";
import { root } from "../root.js";
import { pythonOf } from "#lab/python/venv.js";

// A JupyterHub with two users at once, as `npm run hub` starts it.
const PASSWORD = "a password of the test";
const mark = `REDIS_LAB_TEST=hub-${process.pid}`;
let state: string;
let url: string;
let hub: ChildProcess;
const browsers: OpenBrowser[] = [];

beforeAll(async () => {
  // A path with a space and a letter that is not English.
  state = await mkdtemp(join(tmpdir(), "hub ż-"));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  hub = spawn(process.execPath, [join(root, "dist", "scripts", "hub.js")], {
    cwd: root,
    env: {
      ...process.env,
      HUB_STATE: state,
      HUB_PASSWORD: PASSWORD,
      PORT: String(port),
      REDIS_LAB_TEST: mark.split("=")[1],
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const isThere = () =>
    fetch(`${url}/hub/login`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isThere())) {
    if (hub.exitCode !== null) throw new Error(`npm run hub ended with ${hub.exitCode}.`);
    await sleep(200);
  }
}, 300_000);

afterAll(async () => {
  await Promise.all(browsers.map((one) => one.close()));
  if (hub.exitCode === null && hub.signalCode === null) {
    hub.kill("SIGINT");
    await once(hub, "exit");
  }
  await rm(state, { recursive: true, force: true });
});

interface User {
  readonly notebook: NotebookPage;
  /** Runs code in a cell of its own at the notebook's end, and gives what it shows. */
  readonly run: (code: string) => Promise<string>;
}

async function logIn(name: string): Promise<User> {
  const browser = await openBrowser();
  browsers.push(browser);
  const page = await browser.context.newPage();
  await page.goto(`${url}/hub/login?next=/hub/spawn`);
  await page.getByLabel("Username").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  const notebook = new NotebookPage(page);
  await page.waitForURL((to) => to.pathname.startsWith(`/user/${name}/lab`), { timeout: 180_000 });
  await page.goto(`${url}/user/${name}/lab/tree/1.2-key-1.ipynb`);
  await notebook.ready("1.2-key-1.ipynb");
  await notebook.run(notebook.cells.first());
  const run = async (code: string) => {
    await notebook.cells.last().click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("b");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText(code);
    const cell = notebook.cells.last();
    await notebook.run(cell);
    return (await notebook.output(cell).allTextContents()).join("").trim();
  };
  return { notebook, run };
}

test("two users at once: each has a Redis, a worker and notebooks that the other does not see", async () => {
  const [ala, ola] = await Promise.all([logIn("ala"), logIn("ola")]);
  for (const [user, name] of [
    [ala, "Ala"],
    [ola, "Ola"],
  ] as const) {
    expect(await user.run(`await redis.set("mine", "${name}")`)).toBe("OK");
  }
  expect(await ala.run('await redis.get("mine")')).toBe("Ala");
  expect(await ola.run('await redis.get("mine")')).toBe("Ola");
  const redis = "(await redis.config('GET', 'port'))";
  expect(await ala.run(redis)).not.toBe(await ola.run(redis));
  const secrets = "Object.keys(process.env).filter((name) => /TOKEN|HUB_PASSWORD/.test(name))";
  expect(await ala.run(secrets)).toBe("[]");
  // Redis has no door for those without its password.
  const address = await ala.run("`${redis.options.host}:${redis.options.port}`");
  const port = /:(\d+)/.exec(address)?.[1];
  const intruder = `import { connect as dial } from "node:net";
const socket = dial(${port}, "127.0.0.1");
socket.write("GET mine\\r\\n");
String(await new Promise((resolve) => socket.once("data", resolve))).slice(0, 7)`;
  expect(await ola.run(intruder)).toContain("NOAUTH");
});

test("a user's notebook stays as it was left, and one that is missing comes back", async () => {
  const folder = join(state, "users", "ala", "redis-lab", "notebooks");
  const own = join(folder, "2-listy.ipynb");
  const mine = (await readFile(own, "utf8")).replace("Lists", "My lists");
  await writeFile(own, mine);
  const gone = join(folder, "3-zbiory.ipynb");
  await rm(gone);
  const { layOutUserFolder } = await import("#lab/hub/user-folder.js");
  expect(await layOutUserFolder(root, join(state, "users", "ala", "redis-lab"))).toEqual([gone]);
  expect(await readFile(own, "utf8")).toBe(mine);
});

test("what it is made with runs on the oldest Python that the README names", async () => {
  const home = join(labFiles(labFolderOf(root)).hub, "python");
  expect(await tooNewForPython(pythonOf(home))).toBe("");
});

test("the hub's death ends every user's servers, also a kill -9", async () => {
  const before = await processesOf(hub.pid, mark);
  const count = (what: RegExp) => before.filter(({ command }) => what.test(command)).length;
  expect([count(/worker\S*main\.js/), count(/jupyterhub\.singleuser/)]).toEqual([2, 2]);
  hub.kill("SIGKILL");
  await once(hub, "exit");
  await expect.poll(() => stillRunning(before, mark), { timeout: 20_000 }).toEqual([]);
}, 60_000);
