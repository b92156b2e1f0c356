/** Where nbformat keeps the state of widgets in a notebook's metadata. */
export const WIDGET_STATE = "application/vnd.jupyter.widget-state+json";

interface Stored {
  readonly state?: Readonly<Record<string, unknown>>;
}

/**
 * The state of the widgets that a notebook's outputs show, and of those that these are made of: what an
 * earlier run has stored where an output was left as it was, and what came.
 *
 * @param outputs all outputs of the notebook, as text
 * @returns undefined when they show no widget
 */
export function shownState(
  outputs: string,
  earlier: Stored | undefined,
  came: Stored | undefined,
): Record<string, unknown> | undefined {
  const all = { ...earlier?.state, ...came?.state };
  const shown = new Set<string>();
  const waiting = [...outputs.matchAll(/"model_id":\s*"([^"]+)"/g)].map(([, id = ""]) => id);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (shown.has(id) || all[id] === undefined) continue;
    shown.add(id);
    const text = JSON.stringify(all[id]);
    waiting.push(...[...text.matchAll(/IPY_MODEL_([\w-]+)/g)].map(([, part = ""]) => part));
  }
  if (shown.size === 0) return undefined;
  const state = Object.fromEntries([...shown].toSorted().map((id) => [id, all[id]]));
  return { [WIDGET_STATE]: { state, version_major: 2, version_minor: 0 } };
}
