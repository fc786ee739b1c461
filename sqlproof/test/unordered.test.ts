// For tests: what a query without ORDER BY leaves open comes in another order than it does by accident.
import { expect, test } from "bun:test";
import { openSqlite } from "../src/index.ts";
import { add, names, openEntries, unordered } from "./entries.ts";

test("reversesUnordered turns rows round that no ORDER BY puts in order, and no others", async () => {
  const entries = openEntries();
  for (const name of ["first", "second", "third"]) await entries.database.one(add, { name });
  const plain = await entries.database.all(unordered);
  const database = openSqlite({ path: entries.path, reversesUnordered: true });
  expect(await database.all(unordered)).toEqual(plain.toReversed());
  expect((await database.all(names)).map(({ name }) => name)).toEqual(["first", "second", "third"]);
  await database.close();
  await entries.remove();
});
