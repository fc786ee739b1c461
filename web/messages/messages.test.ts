import { expect, test } from "bun:test";
import en from "./en.json";
import es from "./es.json";

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([name]) => name).sort();

test("every language has every text, in the order of the keys", () => {
  expect(Object.keys(es)).toEqual(Object.keys(en));
  expect(Object.keys(en)).toEqual(Object.keys(en).toSorted());
});

test("every language fills in the same values", () => {
  const spanish = new Map(Object.entries(es));
  for (const [key, text] of Object.entries(en))
    expect([key, names(spanish.get(key) ?? "")]).toEqual([key, names(text)]);
});
