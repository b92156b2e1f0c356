// Checks the types of cells.
import "redis-lab-start/cli/check-notebooks";
