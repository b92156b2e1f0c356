/** A text as HTML, for elements and for attributes in quotes. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[<>&"']/g, (character) => names[character] ?? character);
}
