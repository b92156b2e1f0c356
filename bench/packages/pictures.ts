import type { PackageCell } from "./package-cell.js";

const svg = { type: "text/html", part: "<svg" };

/** What is looked at. */
export const PICTURES: readonly PackageCell[] = [
  {
    name: "jsdom",
    also: ["@types/jsdom"],
    code: 'import { JSDOM } from "jsdom";\nconst dom = new JSDOM("<p>x</p>");\nconst document = dom.window.document;\nconst window = dom.window;\ndocument.querySelector("p")',
    gives: { type: "text/html", part: "<p>x</p>" },
  },
  {
    name: "linkedom",
    code: 'import { parseHTML } from "linkedom";\nconst { document } = parseHTML("<html><body><b>y</b></body></html>");\ndocument.querySelector("b")',
    gives: { type: "text/html", part: "<b>y</b>" },
  },
  {
    name: "cheerio",
    code: 'import * as cheerio from "cheerio";\nconst $ = cheerio.load("<h2 class=title>Hello</h2>");\n$("h2.title").text("Hi");\n$.html("h2")',
    gives: '<h2 class="title">Hi</h2>',
  },
  {
    name: "d3",
    also: ["@types/d3", "linkedom"],
    code: 'import * as d3 from "d3";\nimport { parseHTML } from "linkedom";\nconst { document } = parseHTML("<html><body></body></html>");\nconst svg = d3.select(document.body as HTMLElement).append("svg").attr("width", 100);\nsvg.append("path").attr("d", d3.line()([[0, 0], [10, 10]]));\nsvg.node()',
    gives: svg,
  },
  {
    name: "@observablehq/plot",
    also: ["jsdom", "@types/jsdom"],
    code: 'import * as Plot from "@observablehq/plot";\nimport { JSDOM } from "jsdom";\nPlot.plot({ document: new JSDOM("").window.document, marks: [Plot.barY([{ x: "a", y: 1 }], { x: "x", y: "y" })] })',
    gives: svg,
  },
  {
    name: "vega-lite",
    also: ["vega"],
    code: 'import { compile } from "vega-lite";\nimport { display } from "typescript-kernel";\nconst spec = { data: { values: [{ a: 1 }] }, mark: "bar" as const, encoding: { x: { field: "a", type: "quantitative" as const } } };\ncompile(spec);\ndisplay({ "application/vnd.vegalite.v5+json": spec })',
    gives: { type: "application/vnd.vegalite.v5+json", part: '"mark":"bar"' },
  },
  {
    name: "katex",
    code: 'import katex from "katex";\nimport { display } from "typescript-kernel";\ndisplay({ "text/html": katex.renderToString("x^2") })',
    gives: { type: "text/html", part: "katex" },
  },
  {
    name: "marked",
    code: 'import { marked } from "marked";\nawait marked("# Title")',
    gives: "<h1>Title</h1>\n",
  },
  {
    name: "handlebars",
    code: 'import Handlebars from "handlebars";\nHandlebars.compile("Hello {{name}}")({ name: "you" })',
    gives: "Hello you",
  },
  {
    name: "react-dom",
    also: ["react", "@types/react", "@types/react-dom"],
    code: 'import { renderToStaticMarkup } from "react-dom/server";\nfunction Hello({ name }: { name: string }) { return <b>Hello {name}</b>; }\nrenderToStaticMarkup(<Hello name="you" />)',
    gives: "<b>Hello you</b>",
  },
  {
    name: "preact-render-to-string",
    also: ["preact"],
    code: '/** @jsxImportSource preact */\nimport render from "preact-render-to-string";\nrender(<i>hi</i>)',
    gives: "<i>hi</i>",
  },
  {
    name: "sharp",
    code: 'import sharp from "sharp";\nawait sharp({ create: { width: 2, height: 2, channels: 3, background: "red" } }).png().toBuffer()',
    gives: { type: "image/png", part: "iVBORw0KGgo" },
  },
  {
    name: "@napi-rs/canvas",
    code: 'import { createCanvas } from "@napi-rs/canvas";\nconst canvas = createCanvas(4, 4);\ncanvas.getContext("2d").fillRect(0, 0, 2, 2);\ncanvas',
    gives: { type: "image/png", part: "iVBORw0KGgo" },
  },
  {
    name: "pngjs",
    also: ["@types/pngjs"],
    code: 'import { PNG } from "pngjs";\nPNG.sync.write(new PNG({ width: 2, height: 2 }))',
    gives: { type: "image/png", part: "iVBORw0KGgo" },
  },
];
