import { expect, test } from "vitest";
import { translateAll } from "#lab/translate/translate-all.js";
import { root } from "./root.js";

const { changes, problems } = await translateAll({ root, accepted: [] });

test("every Markdown cell is translated, from the English that is there now", () => {
  expect(problems).toEqual([]);
});

test("notebooks/pl is what `npm run translate` makes of the English notebooks and translations/pl", () => {
  expect([...changes.keys()]).toEqual([]);
});
