// Installs what `npm start` would, and starts nothing.
import "redis-lab-start/cli/setup";
