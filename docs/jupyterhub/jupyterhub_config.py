"""A JupyterHub for a class: each user has notebooks, a Redis, a worker and kernels of their own."""

import os
import sys
from pathlib import Path

project = Path(__file__).resolve().parents[2]
state = Path(os.environ.get("HUB_STATE", project / ".lab" / "hub"))
state.mkdir(mode=0o700, parents=True, exist_ok=True)
node = os.environ.get("HUB_NODE", "node")

c = get_config()  # noqa: F821

# On this machine only: put it behind a proxy with TLS to let others in.
c.JupyterHub.bind_url = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{os.environ.get('HUB_PORT', '8081')}"
c.ConfigurableHTTPProxy.command = [
    node,
    str(project / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"),
]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{os.environ.get('PROXY_PORT', '8001')}"
c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")
c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{state / 'hub.sqlite'}"

# To try it: any name, one password, and a folder in `state` for each user. For a class, take an
# authenticator of your school's and a spawner that gives each user a Unix user or a container
# (LocalProcessSpawner, SystemdSpawner, DockerSpawner): here all have the rights of the hub.
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = os.environ["HUB_PASSWORD"]
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(state / "users" / "{username}")

c.Spawner.cmd = [node, str(project / "dist" / "scripts" / "hub-user.js"), "--python", sys.executable]
c.Spawner.default_url = "/lab/tree/index.ipynb"
c.Spawner.env_keep = ["PATH", "LANG", "LC_ALL", "REDIS_LAB_SERVER", "REDIS_LAB_OWNER"]
# The first time Redis may have to be installed.
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 120
