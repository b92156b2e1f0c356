// Runs the notebooks headless.
import "redis-lab-start/cli/notebooks";
