// See --help.
import "redis-lab-start/cli/hand-out";
