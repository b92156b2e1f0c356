/** The look of the page: light or dark as the system is. */
export const STYLE = `
:root {
  --page: #f4f6f8; --card: #fff; --ink: #1c2733; --soft: #55636f; --line: #d9e0e7;
  --code: #f7f9fb; --good: #0f6b3c; --bad: #b3202c; --bad-page: #fdf1f1; --link: #0b5cad;
  --added: #e3f5e9; --added-ink: #0d5930; --removed: #fde7e8; --removed-ink: #8f1822;
  --keyword: #7b2d8b; --string: #0f6b3c; --comment: #5d6b78; --number: #9a4a00;
  --start: #b9c6d2; --run: #4b8fd2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11161c; --card: #1a212a; --ink: #e3e9ef; --soft: #a3b1be; --line: #303b47;
    --code: #141a21; --good: #6fd39b; --bad: #ff8f96; --bad-page: #2a1c20; --link: #82bbf5;
    --added: #14301f; --added-ink: #8fe0b0; --removed: #3a1b20; --removed-ink: #ffa9af;
    --keyword: #d9a0e6; --string: #8fd6ac; --comment: #93a1ae; --number: #f0b27a;
    --start: #4a5866; --run: #4b8fd2;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; background: var(--page);
  color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.1rem; font-weight: 600; color: var(--soft); }
.verdict { margin: 0; font-size: 2.1rem; font-weight: 700; line-height: 1.2; letter-spacing: -.02em; }
.verdict.passed { color: var(--good); } .verdict.failed { color: var(--bad); }
.facts, .time, .note { color: var(--soft); font-size: .875rem; }
header .facts { margin: .3rem 0 1rem; }
.tools { display: flex; gap: .5rem; margin-bottom: 1.5rem; }
button { font: inherit; font-size: .875rem; padding: .3rem .9rem; border: 1px solid var(--line);
  border-radius: 2rem; background: var(--card); color: var(--ink); cursor: pointer; }
button[aria-pressed=true] { background: var(--ink); color: var(--page); border-color: var(--ink); }
button:disabled { opacity: .5; cursor: default; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.notebook { margin-bottom: .6rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .6rem; }
.notebook.failed { border-left: 4px solid var(--bad); }
.notebook > summary { display: flex; align-items: baseline; gap: .8rem; padding: .7rem 1rem;
  cursor: pointer; list-style: none; }
.notebook > summary::-webkit-details-marker { display: none; }
.notebook h2 { margin: 0; font-size: 1rem; font-weight: 600; overflow-wrap: anywhere; }
.mark { display: inline-block; width: 1.6rem; color: var(--good); }
.mark::before { content: "✓"; } .failed > summary .mark { color: var(--bad); }
.failed > summary .mark::before { content: "✗"; }
.why { color: var(--good); font-size: .875rem; } .failed > summary .why { color: var(--bad); font-weight: 600; }
.notebook > summary .facts { margin-left: auto; white-space: nowrap; }
.notebook[open] > summary { border-bottom: 1px solid var(--line); }
.notebook > :not(summary) { margin: 1rem; }
.notebook > .times { display: flex; height: .5rem; margin: 1rem 1rem 1.4rem; border-radius: .25rem;
  overflow: hidden; gap: 1px; background: var(--line); }
.times span { background: var(--run); } .times .start { background: var(--start); }
.times .failed { background: var(--bad); }
.prose { overflow-wrap: anywhere; }
.prose > :first-child { margin-top: 0; } .prose > :last-child { margin-bottom: 0; }
.prose h3 { font-size: 1.35rem; } .prose h4 { font-size: 1.12rem; } .prose h5, .prose h6 { font-size: 1rem; }
.prose table { border-collapse: collapse; font-size: .9rem; }
.prose th, .prose td { padding: .3rem .8rem; border-bottom: 1px solid var(--line); text-align: left; }
.prose code, .failure code { background: var(--code); border: 1px solid var(--line); border-radius: .25rem;
  padding: 0 .25rem; font-size: .875em; }
.prose pre code { border: 0; padding: 0; }
.cell { border: 1px solid var(--line); border-radius: .45rem; overflow: hidden; }
.cell.failed { border-color: var(--bad); }
.cell.not-run, .cell.skipped { border-style: dashed; }
.label { display: flex; gap: .6rem; align-items: center; padding: .2rem .8rem; font-size: .8rem;
  color: var(--soft); background: var(--code); border-bottom: 1px solid var(--line); }
.trend { vertical-align: middle; opacity: .7; } .slowest { margin-top: 1rem; }
.label .time { margin-left: auto; font-size: .8rem; }
.tag { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .5rem; background: var(--card); }
pre { margin: 0; padding: .6rem .8rem; overflow: auto; font: .84rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre.source, .prose pre { background: var(--code); } .prose pre { border-radius: .45rem; }
.outputs { border-top: 1px solid var(--line); padding: .2rem 0; }
.outputs pre { max-height: 32rem; padding-block: .3rem; }
.outputs pre.stderr { background: var(--bad-page); }
.outputs img { display: block; max-width: 100%; padding: .5rem .8rem; background: #fff; }
iframe { display: block; width: calc(100% - 1.6rem); height: 4rem; margin: .5rem .8rem; border: 0;
  border-radius: .3rem; background: #fff; }
.failure { background: var(--bad-page); padding: .7rem .9rem; border-top: 1px solid var(--line); }
.notebook > .failure { border: 1px solid var(--bad); border-radius: .45rem; }
.failure p { margin: 0 0 .4rem; overflow-wrap: anywhere; } .failure strong { color: var(--bad); }
.failure pre { background: var(--card); border: 1px solid var(--line); border-radius: .35rem; max-height: 28rem; }
.diff span { display: inline-block; min-width: 100%; }
.diff-added { background: var(--added); color: var(--added-ink); }
.diff-removed { background: var(--removed); color: var(--removed-ink); }
.diff-file, .diff-place { color: var(--soft); }
mark { background: none; color: var(--bad); }
.pictures { margin: .6rem 0; } .pictures > div { display: flex; flex-wrap: wrap; gap: .8rem; }
.pictures img { max-width: 16rem; background: #fff; border: 1px solid var(--line); }
.pictures p { font-size: .8rem; } figcaption { font-size: .875rem; color: var(--soft); }
.log summary { cursor: pointer; color: var(--soft); font-size: .875rem; }
.hljs-keyword, .hljs-literal, .hljs-built_in { color: var(--keyword); } .hljs-string, .hljs-regexp { color: var(--string); }
.hljs-subst { color: var(--ink); } .hljs-number { color: var(--number); } .hljs-title, .hljs-type { color: var(--link); }
.hljs-comment, .hljs-meta { color: var(--comment); font-style: italic; }
.ansi-red-fg, .ansi-bright-red-fg, .ansi-magenta-fg, .ansi-bright-magenta-fg { color: var(--bad); }
.ansi-green-fg, .ansi-bright-green-fg { color: var(--good); }
.ansi-yellow-fg, .ansi-bright-yellow-fg { color: var(--number); }
.ansi-blue-fg, .ansi-bright-blue-fg, .ansi-cyan-fg, .ansi-bright-cyan-fg { color: var(--link); }
.ansi-bright-black-fg { color: var(--soft); }
@media (max-width: 40rem) { .notebook > summary { flex-wrap: wrap; } .notebook > summary .facts { margin-left: 1.6rem; } }
@media print { .tools { display: none; } body { max-width: none; } }
`;
