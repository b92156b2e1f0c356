/** Ids that nobody typed: hexadecimal digits, some letters before them. */
const RANDOM =
  /^[A-Za-z_-]*(?=[\da-f-]*\d)(?:[\da-f]{5,}|[\da-f]{4,}(?:-[\da-f]{4,})+)(?:[_-]\w+)*$/i;
const DECLARED = /\bid\s*=\s*\\?["']?([\w-]+)/g;
const WIDGET_MODELS = /(?<="model_id": ")[\da-f]{32}(?=")/g;

/**
 * Markup and JSON with random ids replaced by their number, wherever they are mentioned: matplotlib's
 * and Plotly's, those of styled tables, of widgets. Which element refers to which still counts.
 *
 * @returns the same text when it holds none
 */
export function withoutRandomIds(text: string): string {
  const ids = new Set<string>();
  for (const [, id = ""] of text.matchAll(DECLARED)) if (RANDOM.test(id)) ids.add(id);
  for (const [id] of text.matchAll(WIDGET_MODELS)) ids.add(id);
  if (ids.size === 0) return text;
  const numbers = new Map([...ids].map((id, index) => [id, `<id ${index + 1}>`]));
  // The longest first: one may begin with another.
  const all = [...ids].toSorted((a, b) => b.length - a.length).join("|");
  return text.replace(new RegExp(`(?<![\\w-])(?:${all})(?![\\da-f])`, "g"), (id) => {
    return numbers.get(id) ?? id;
  });
}
