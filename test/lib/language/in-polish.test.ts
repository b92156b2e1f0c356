import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inPolish } from "#lib/language/in-polish.js";
import { isTranslated, polishSentence } from "#lib/language/polish-sentence.js";
import { root } from "../../root.js";
import { sentencesOf } from "./sentences-of.js";

const folder = join(root, "src", "lib", "tasks");
const files = (await readdir(folder)).filter((name) => name.endsWith(".ts"));
const sentences = new Map<string, string>();
for (const file of files) {
  for (const text of sentencesOf(await readFile(join(folder, file), "utf8"))) {
    sentences.set(text, file);
  }
}

test("every sentence and hint of every exercise has its Polish", () => {
  expect(sentences.size).toBeGreaterThan(400);
  const left = [...sentences].filter(([text]) => !isTranslated(text));
  expect(left).toEqual([]);
});

test("what is filled in comes where the Polish wants it, translated where it is a sentence or a list", () => {
  expect(polishSentence("3 of 5 keys were there.")).toBe("Z 5 kluczy było 3.");
  expect(polishSentence("Another client came between GET and SET: both got ticket number 2.")).toBe(
    "Między GET i SET wszedł inny klient: oba dostały bilet numer 2.",
  );
  expect(
    polishSentence(
      "take('lab:x', 1) did not wait for the promise of GET: write `await` before the call.",
    ),
  ).toBe("take('lab:x', 1) nie czeka na obietnicę z GET: napisz `await` przed wywołaniem.");
});

describe("a text in Polish", () => {
  test("keeps all but what an exercise says", () => {
    const text = [
      "hint: of the cell's own",
      "Not yet. No key: take() should return null.",
      "  call:     take('lab:x')",
      "  expected: [",
      "              1",
      "            ]",
      "  got:      null",
      "  hint:     ioredis calls it getdel",
      "  hint:     a line of the cell's own? It stands below, so it is the exercise's",
      "got: 1",
      "✔ correct",
      "",
    ];
    expect(inPolish(text.join("\n")).split("\n")).toEqual([
      "hint: of the cell's own",
      "Jeszcze nie. Nie ma klucza: take() powinno zwrócić null.",
      "  wywołanie:  take('lab:x')",
      "  oczekiwano: [",
      "                1",
      "              ]",
      "  otrzymano:  null",
      "  wskazówka:  w ioredis nazywa się to getdel",
      "  wskazówka:  a line of the cell's own? It stands below, so it is the exercise's",
      "got: 1",
      "✔ dobrze",
      "",
    ]);
  });

  test("keeps a sentence that nobody has translated", () => {
    expect(inPolish("Not yet. What?")).toBe("Jeszcze nie. What?");
    expect(inPolish("Not yet.")).toBe("Jeszcze nie.");
  });
});
