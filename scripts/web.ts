// Serves the upload page.
import "redis-lab-web/main";
