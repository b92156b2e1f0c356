import { DATA } from "./data.js";
import type { PackageCell } from "./package-cell.js";
import { PICTURES } from "./pictures.js";
import { PROGRAMS } from "./programs.js";

export const CELLS: readonly PackageCell[] = [...DATA, ...PROGRAMS, ...PICTURES];
