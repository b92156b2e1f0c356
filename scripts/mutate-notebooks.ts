// Changes commands in cells, and lists what no output shows.
import "redis-lab-start/cli/mutate-notebooks";
