import { Marked, type Tokens } from "marked";
import { escapeHtml } from "./escape.js";

/** HTML that authors put into Markdown, and that can do no harm. Attributes are dropped. */
const ALLOWED = new Set(
  "details summary br b i em strong sub sup kbd code u s hr p ul ol li small mark".split(" "),
);
const VOID = new Set(["br", "hr"]);

/**
 * Markdown as HTML. Other HTML in it than a few harmless elements is shown as text, what it leaves
 * open is closed, pictures are named, and only links of the web, and to notebooks of the same
 * report, lead anywhere.
 *
 * @param anchorOf where in the report a notebook stands; undefined when it does not
 * @param level the level of the heading above, so that headings nest
 */
export function markdownToHtml(
  markdown: string,
  anchorOf: (href: string) => string | undefined,
  level = 2,
): string {
  const open: string[] = [];
  const tags = (html: string) => html.replace(/<!--[^]*?-->|<[^>]*>|[^<]+|</g, (part) => tag(part));
  const tag = (part: string): string => {
    const [, slash, name = ""] = /^<(\/?)([a-z]+\d?)\b[^>]*>$/i.exec(part) ?? [];
    const lower = name.toLowerCase();
    if (part.startsWith("<!--")) return "";
    if (!ALLOWED.has(lower)) return escapeHtml(unescaped(part));
    if (VOID.has(lower)) return `<${lower}>`;
    if (slash === "") {
      open.push(lower);
      return `<${lower}>`;
    }
    const at = open.lastIndexOf(lower);
    return at === -1 ? "" : open.splice(at).toReversed().map(closing).join("");
  };
  const marked = new Marked({ gfm: true, async: false });
  marked.use({
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => tags(text),
      image: ({ text, href }: Tokens.Image) =>
        href.startsWith("data:image/")
          ? `<img src="${escapeHtml(href)}" alt="${escapeHtml(text)}">`
          : `<em>[picture: ${escapeHtml(text || href)}]</em>`,
      link({ href, tokens }: Tokens.Link) {
        const inside = this.parser.parseInline(tokens);
        const target = /^https?:\/\//.test(href) ? href : anchorOf(href);
        return target === undefined ? inside : `<a href="${escapeHtml(target)}">${inside}</a>`;
      },
      heading({ depth, tokens }: Tokens.Heading) {
        const rank = Math.min(6, depth + level);
        return `<h${rank}>${this.parser.parseInline(tokens)}</h${rank}>\n`;
      },
    },
  });
  const html = marked.parse(markdown) as string;
  return html + open.toReversed().map(closing).join("");
}

const closing = (name: string) => `</${name}>`;

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|amp|quot);/g, (_, name: string) => {
    return { lt: "<", gt: ">", amp: "&", quot: '"' }[name] ?? "";
  });
}
