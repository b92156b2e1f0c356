/**
 * A text as HTML, for elements and for attributes in quotes. Control characters, which HTML forbids,
 * become their pictures, and half characters the sign for what cannot be shown.
 */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return (
    text
      .replace(/[<>&"']/g, (character) => names[character] ?? character)
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000e-\u001f]/g, (character) =>
        String.fromCharCode(0x2400 + character.charCodeAt(0)),
      )
      .replace(/\p{Surrogate}/gu, "\ufffd")
  );
}
