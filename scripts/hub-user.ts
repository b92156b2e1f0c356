// The lab of one user of a JupyterHub.
import "redis-lab-start/cli/hub-user";
