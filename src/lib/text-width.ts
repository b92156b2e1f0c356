/** A character of a script whose letters are as wide as high, or a picture. */
const WIDE = /[\u1100-\u11ff\u2e80-\uffef]|[^\0-\uffff]/u;
const BROAD = /[A-ZmwĄĆĘŁŃÓŚŹŻ@%—…]/;

/**
 * How wide a text is drawn, at most, in pixels. Which font the reader's machine takes for
 * `sans-serif` is not known here, so this is the widest of the usual ones, DejaVu Sans.
 *
 * @param size of the font, in pixels
 */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text)
    ems += WIDE.test(character) ? 1.3 : BROAD.test(character) ? 0.9 : 0.65;
  return ems * size;
}
