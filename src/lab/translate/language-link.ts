/** Ends the title cell of a notebook, and leads to the same notebook in the other language. */
const LINK = /(?: · |\n\n)\[[^\]\n]*\]\((?:pl|\.\.)\/[^)\s]+\.ipynb\)$/;

/** A title cell's text without the link to the other language. */
export function withoutLanguageLink(title: string): string {
  return title.trimEnd().replace(LINK, "");
}

/**
 * A title cell's text with the link to the other language: behind the way to other notebooks, where
 * there is one.
 */
export function withLanguageLink(title: string, link: string): string {
  const text = withoutLanguageLink(title);
  return text + (text.endsWith(".ipynb)") ? " · " : "\n\n") + link;
}
