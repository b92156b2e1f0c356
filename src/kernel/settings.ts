/** What a type error does: stop the cell, only warn, or nothing. */
export type CheckMode = "error" | "warn" | "off";

/** In JavaScript, only what says anything of types is checked. */
export type Language = "typescript" | "javascript";
