import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { compareMultiset, shown } from "../src/differential/compare.ts";
import { type Engines, openEngines } from "../src/differential/engines.ts";
import { type Content, fill } from "../src/differential/fill.ts";
import { Random } from "../src/differential/random.ts";
import { readAll } from "../src/differential/table-queries.ts";
import type { Row } from "../src/differential/values.ts";
import { readMigrations } from "../src/migrations/files.ts";
import { provenQuery } from "../src/runtime/query.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

let server: PrivateMariadb;
const opened: Engines[] = [];

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  for (const engines of opened) await engines.close();
  await server.stop();
});

async function filled(seed: number): Promise<{ engines: Engines; content: Content }> {
  const folder = (engine: string) => readMigrations(join(import.meta.dir, "fill-schema", engine));
  const { host, port, user, password } = server;
  const engines = await openEngines(
    { host, port, user, password },
    { mariadb: folder("mariadb"), sqlite: folder("sqlite") },
  );
  opened.push(engines);
  return { engines, content: await fill(engines, new Random(seed), 40) };
}

function column(content: Content, table: string, name: string): (Row[string] | undefined)[] {
  return (content.get(table) ?? []).map((row) => row[name]);
}

test("both engines hold the same rows, including generated columns", async () => {
  const { engines, content } = await filled(1);
  for (const [name, rows] of content) {
    const table = engines.catalog.get(name);
    if (table === undefined) throw new Error(name);
    expect(compareMultiset(await engines.mariadb.all(readAll(table), {}), rows)).toBeNull();
  }
  for (const row of content.get("seats") ?? []) expect(row.cost_twice).not.toBeNull();
});

test("a SET is one text, also from npm mariadb, which gives a list", async () => {
  const { engines, content } = await filled(1);
  const table = engines.catalog.get("seats");
  if (table === undefined) throw new Error("no seats");
  const row = provenQuery(readAll(table)).mariadb.decode(["a", 1, "1.00", "2.00", 1, ["door", "stage"], null, null]);
  expect(row).toMatchObject({ room: "a", near: "door,stage", since: null });
  expect(column(content, "seats", "near")).toContain("door,stage");
});

test("references of every kind occur: to the same table, in a cycle, of two columns, to rows of a migration", async () => {
  const { content } = await filled(2);
  expect(content.get("kinds")).toHaveLength(2);
  for (const table of ["people", "teams", "seats", "bookings"]) expect(content.get(table)).toHaveLength(40);
  for (const [table, name] of [
    ["people", "boss_id"],
    ["people", "team_id"],
    ["bookings", "number"],
  ] as const) {
    const values = column(content, table, name);
    expect(values.filter((value) => value !== null).length).toBeGreaterThan(10);
    expect(values).toContain(null);
  }
  const seats = new Set((content.get("seats") ?? []).map(({ room, number }) => shown([room, number])));
  for (const { room, number } of content.get("bookings") ?? [])
    if (room !== null) expect(seats.has(shown([room, number]))).toBe(true);
});

test("duplicates, nulls, parents without children and texts that differ only in case occur", async () => {
  const { content } = await filled(3);
  const nicks = column(content, "people", "nick").filter((nick) => typeof nick === "string");
  expect(new Set(nicks).size).toBeLessThan(nicks.length);
  expect(new Set(nicks.map((nick) => nick.toLowerCase())).size).toBeLessThan(new Set(nicks).size);
  const persons = new Set(column(content, "bookings", "person_id"));
  expect(column(content, "people", "id").some((id) => !persons.has(id))).toBe(true);
  expect(column(content, "seats", "since")).toContain(null);
});

test("a seed reproduces its rows, another seed gives others", async () => {
  const [first, again, other] = [await filled(4), await filled(4), await filled(5)];
  expect(shown([...again.content])).toBe(shown([...first.content]));
  expect(shown([...other.content])).not.toBe(shown([...first.content]));
});
