// What kernel.json names. The order counts: the front's thread starts while the rest is loaded.
import "./front-thread.js";
import "./main.js";
