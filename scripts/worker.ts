// Does the background jobs.
import "redis-lab-worker/main";
