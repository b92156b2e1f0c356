import { AnsiUp } from "ansi_up";

/** What a terminal would make bold or coloured, as spans with classes such as `ansi-red-fg`. */
export function ansiToHtml(text: string): string {
  const converter = new AnsiUp();
  converter.use_classes = true;
  return converter.ansi_to_html(text);
}
