// Opens the lab in JupyterLab.
import "redis-lab-start/cli/start";
