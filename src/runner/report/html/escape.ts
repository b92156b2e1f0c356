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

/**
 * A page without what HTML forbids, not even escaped: control characters become their pictures, half
 * characters the sign for what cannot be shown.
 */
export function withoutForbidden(html: string): string {
  return (
    html
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000e-\u001f]/g, (character) =>
        String.fromCharCode(0x2400 + character.charCodeAt(0)),
      )
      .replace(/\p{Surrogate}/gu, "\ufffd")
  );
}
