import { escapeHtml } from "./escape.js";

const KEYWORDS =
  "abstract|and|as|async|await|break|case|catch|class|const|continue|def|default|del|delete|do|elif|" +
  "else|enum|except|export|extends|False|false|finally|for|from|function|get|global|if|implements|" +
  "import|in|instanceof|interface|is|lambda|let|new|None|not|null|of|or|pass|private|public|raise|" +
  "readonly|return|satisfies|self|set|static|super|switch|this|throw|True|true|try|type|typeof|" +
  "undefined|using|var|void|while|with|yield";

const SCRIPT_COMMENT = String.raw`\/\/[^\n]*|\/\*[^]*?\*\/`;
const HASH_COMMENT = String.raw`#[^\n]*`;
const STRING =
  String.raw`"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|` +
  "`(?:[^`\\\\]|\\\\[^])*`";

/** Code with its comments, strings, keywords and numbers marked: enough to read it well. */
export function highlight(code: string, language: string): string {
  const comment = ["typescript", "javascript", "deno"].includes(language)
    ? SCRIPT_COMMENT
    : HASH_COMMENT;
  const token = new RegExp(
    `(?<comment>${comment})|(?<string>${STRING})|(?<keyword>\\b(?:${KEYWORDS})\\b)|(?<number>\\b\\d[\\w.]*\\b)`,
    "g",
  );
  let html = "";
  let end = 0;
  for (const match of code.matchAll(token)) {
    const [kind = ""] =
      Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
    html += `${escapeHtml(code.slice(end, match.index))}<span class="tok-${kind}">${escapeHtml(match[0])}</span>`;
    end = match.index + match[0].length;
  }
  return html + escapeHtml(code.slice(end));
}
