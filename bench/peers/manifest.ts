import { nbclient } from "./nbclient.js";
import { nbmake, treon } from "./nbmake-and-treon.js";
import { nbval } from "./nbval.js";
import { papermill } from "./papermill.js";
import type { PeerNotebook } from "./peer-notebook.js";

/** All notebooks of the tests of five peers, by what they do. */
export const peers: Readonly<Record<string, readonly PeerNotebook[]>> = {
  nbclient,
  nbmake,
  papermill,
  nbval,
  treon,
};
