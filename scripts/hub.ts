// A JupyterHub with the lab for several users.
import "redis-lab-start/cli/hub";
