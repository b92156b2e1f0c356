import { homedir } from "node:os";
import { join } from "node:path";
import { runMain } from "guarded-processes/run-main";
import { OptionError } from "../errors.js";
import { runHubUser } from "../hub/hub-user.js";
import { LAB, root } from "../project.js";

const HELP = `Usage: node dist/scripts/hub-user.js --python PATH [arguments of jupyterhub-singleuser]

What a JupyterHub starts for a user, as its Spawner.cmd: see docs/jupyterhub. The user's notebooks are
in ~/redis-lab; Redis and the worker are the user's own.
`;

await runMain(LAB, async ({ signal }) => {
  const [option, python, ...args] = process.argv.slice(2);
  if (option === "--help") return void process.stdout.write(HELP);
  if (option !== "--python" || python === undefined) {
    throw new OptionError("--python PATH comes first: the Python that has JupyterHub.");
  }
  if (process.env["JUPYTERHUB_API_TOKEN"] === undefined) {
    throw new OptionError("This is started by a JupyterHub, for one of its users: see --help.");
  }
  const folder = join(homedir(), "redis-lab");
  const log = (line: string) => console.error(line);
  const exit = await runHubUser({ root, folder, python, args, env: process.env, log, signal });
  return exit?.code ?? 1;
});
