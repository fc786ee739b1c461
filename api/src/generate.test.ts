import { expect, test } from "bun:test";
import { generated } from "./generate.ts";

test("openapi.json and routes.txt are up to date; if not, run npm run generate", async () => {
  for (const [path, text] of await generated()) expect(await Bun.file(path).text()).toBe(text);
});

test("every operation of openapi.json has a unique id", async () => {
  const text = [...(await generated()).values()].join("");
  const ids = Array.from(text.matchAll(/"operationId": "(\w+)"/g), (match) => match[1]);
  expect(ids.length).toBeGreaterThan(30);
  expect(new Set(ids).size).toBe(ids.length);
});
