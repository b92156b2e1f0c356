import { createRequire } from "node:module";
import { completed } from "../output/mime-bundle.js";
import type { Outbox } from "./outbox.js";
import { randomUUID } from "node:crypto";

type Show = (type: string, data: string | Uint8Array) => void;

const TYPES = {
  javascript: "application/javascript",
  html: "text/html",
  markdown: "text/markdown",
  latex: "text/latex",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  gif: "image/gif",
  pdf: "application/pdf",
  text: "text/plain",
} as const;

/**
 * The module that notebooks for tslab import.
 *
 * Source of the interface: tslab's README, rich contents.
 */
export function tslabModule(outbox: Outbox): Record<string, unknown> {
  const display = displayInto((data) => outbox.publish("display_data", { data, metadata: {} }));
  const newDisplay = () => {
    const transient = { display_id: randomUUID() };
    let kind = "display_data";
    return displayInto((data) => {
      outbox.publish(kind, { data, metadata: {}, transient });
      kind = "update_display_data";
    });
  };
  const versions = {
    tslab: "1.0.22",
    get typescript() {
      return typescriptVersion();
    },
    node: process.version,
  };
  const module = { display, newDisplay, versions };
  return { ...module, default: module };
}

function displayInto(publish: (data: Record<string, unknown>) => void): Record<string, unknown> {
  const raw: Show = (type, data) => publish({ ...completed({ [type]: data }).data });
  const methods = Object.entries(TYPES).map(([name, type]) => [
    name,
    (data: string | Uint8Array) => raw(type, data),
  ]);
  return { ...(Object.fromEntries(methods) as Record<string, unknown>), raw };
}

function typescriptVersion(): string {
  const require = createRequire(import.meta.url);
  return (require("typescript/package.json") as { version: string }).version;
}
