// `npm run kernel -- install`: makes the kernel known to Jupyter.
import "typescript-kernel/cli";
