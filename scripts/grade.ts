// See --help.
import "redis-lab-start/cli/grade";
