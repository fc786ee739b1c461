// A whole database is copied from either engine to either engine, and every stored value arrives as it was.
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Connection, createConnection, SqlError } from "mariadb";
import {
  type CellRow,
  type DatabasePlace,
  openLoader,
  openSnapshot,
  pagesOf,
  RowSum,
  receivers,
  storedSum,
} from "sqlproof/copy";
import { createMariadbDatabase, migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { mariadbError } from "../src/runtime/mariadb/errors.ts";

const schema = (engine: string) => join(import.meta.dir, "copied-schema", engine);
const folder = mkdtempSync(join(tmpdir(), "sqlproof-copy-"));
let server: PrivateMariadb;
let count = 0;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function newPlace(engine: string): DatabasePlace {
  count += 1;
  if (engine === "sqlite") return { engine, path: join(folder, `${count}.db`) };
  const { host, port, user, password } = server;
  return { engine: "mariadb", server: { host, port, user, password, database: `copy_${count}` } };
}

const rows = [
  { kind: "written by the step", amount: "123456789012345.6789", large: "9007199254740993", flag: 1 },
  { kind: "schön ✓ \u{1f600}", amount: "-0.0001", large: "-9223372036854775808", flag: 0 },
  { kind: null, amount: null, large: null, flag: 0 },
] as const;
const words = ["", " trailing  ", "line\nbreak\ttab \\ ' \" %", "nul \u0000 inside", "\ufeffmark"];
type Value = string | number | Uint8Array | null;
const bytes = Buffer.from([0, 255, 10, 13, 0, 128]);

/** Makes a database of the last step with odd values; the last thing is deleted, and its number must not come back. */
async function filled(place: DatabasePlace, lastVersion: number): Promise<void> {
  const statements: readonly (readonly [text: string, values: readonly Value[]])[] = [
    ["INSERT INTO kinds VALUES (?)", [rows[1].kind]],
    ...rows.map(({ kind, amount, large, flag }) => {
      const stored = place.engine === "sqlite" ? units(amount) : amount;
      const text =
        "INSERT INTO things (kind, amount, large, flag, happened_at, day, content) VALUES (?, ?, ?, ?, ?, ?, ?)";
      return [text, [kind, stored, large, flag, "2024-02-29 23:59:59", "0001-01-01", bytes]] as const;
    }),
    ...words.map((one, index) => ["INSERT INTO pairs VALUES (?, ?, ?)", [`w${index % 2}`, index, one]] as const),
    ["DELETE FROM things WHERE id = 3", []],
  ];
  if (place.engine === "sqlite") {
    await migrateSqlite({ database: place.path, folder: schema("sqlite"), lastVersion });
    const database = new SqliteDatabase(place.path, { strict: true });
    database.run("PRAGMA journal_mode = WAL");
    for (const [text, values] of statements)
      database.query<unknown, (string | number | bigint | Uint8Array | null)[]>(text).run(...values.map(sqliteValue));
    database.close();
    return;
  }
  await createMariadbDatabase(place.server);
  await migrateMariadb({ server: place.server, folder: schema("mariadb"), lastVersion });
  const connection = await connect(place.server.database);
  for (const [text, values] of statements) await connection.execute(text, [...values]);
  await connection.end();
}

function connect(database: string): Promise<Connection> {
  const { host, port, user, password } = server;
  return createConnection({ host, port, user, password, database, charset: "utf8mb4" });
}

function units(amount: string | null): string | null {
  return amount === null ? null : amount.replace(".", "").replace(/^(-?)0+(?=\d)/, "$1");
}

function sqliteValue(value: Value) {
  return typeof value === "string" && /^-?\d{4,}$/.test(value) ? BigInt(value) : value;
}

async function contentOf(place: DatabasePlace) {
  const snapshot = await openSnapshot(place);
  const content: Record<string, readonly CellRow[]> = {};
  for (const table of snapshot.tables) {
    const found: CellRow[] = [];
    for await (const page of pagesOf(snapshot, table)) found.push(...page);
    content[table.name] = found.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  const { numbers, steps } = snapshot;
  await snapshot.close();
  return { content, things: numbers.get("things"), steps: steps.map(({ version }) => version) };
}

async function copy(from: DatabasePlace, to: DatabasePlace): Promise<void> {
  const snapshot = await openSnapshot(from);
  const lastVersion = snapshot.steps.at(-1)?.version ?? 0;
  const loader = await openLoader(to, { folder: schema(to.engine), lastVersion });
  const targets = receivers(snapshot.tables, loader);
  for (const table of snapshot.tables) {
    const target = targets.get(table.name);
    if (target === undefined) throw new Error(`no receiver of ${table.name}`);
    const sum = new RowSum();
    for await (const page of pagesOf(snapshot, table)) {
      const converted = page.map(target.convert);
      sum.add(converted);
      await loader.add(target.table, converted);
    }
    expect(`${await storedSum(loader, target.table)}`).toBe(`${sum}`);
  }
  await loader.finish(snapshot.numbers);
  await snapshot.close();
}

const pairs = ["sqlite", "mariadb"].flatMap((from) => ["sqlite", "mariadb"].map((to) => [from, to] as const));

describe.each(pairs)("from %s to %s", (from, to) => {
  test("every value, number and trigger is there, at the step of the original", async () => {
    const original = newPlace(from);
    await filled(original, 1);
    const copied = newPlace(to);
    await copy(original, copied);
    // Back again, so that the form of both is the same.
    const back = newPlace(from);
    await copy(copied, back);
    const content = await contentOf(back);
    expect(content).toEqual(await contentOf(original));
    expect(content.things).toBe(3);
    expect(content.steps).toEqual([1]);
    expect(content.content.pairs?.filter(([, , by]) => by === "by the trigger")).toHaveLength(3);
    await insertThing(copied);
    const after = await contentOf(copied);
    expect(after.things).toBe(4);
    expect(after.content.pairs?.filter(([, , by]) => by === "by the trigger")).toHaveLength(4);
  }, 30_000);
});

async function insertThing(place: DatabasePlace): Promise<void> {
  const text = "INSERT INTO things (kind) VALUES ('written by the step')";
  if (place.engine === "sqlite") {
    const database = new SqliteDatabase(place.path, { strict: true });
    database.run("PRAGMA foreign_keys = ON");
    database.run(text);
    database.close();
    return;
  }
  const connection = await connect(place.server.database);
  await connection.query(text);
  await connection.end();
}

describe.each(["sqlite", "mariadb"])("%s", (engine) => {
  test("a snapshot sees nothing of what is committed after it", async () => {
    const place = newPlace(engine);
    await filled(place, 2);
    const snapshot = await openSnapshot(place);
    const table = snapshot.tables.find(({ name }) => name === "things");
    if (table === undefined) throw new Error("no things");
    await insertThing(place);
    expect(await snapshot.page(table, null, 100)).toHaveLength(2);
    await snapshot.close();
    expect((await contentOf(place)).content.things).toHaveLength(3);
  }, 30_000);

  test("nothing is loaded over a database that is there", async () => {
    const place = newPlace(engine);
    await filled(place, 2);
    const before = await contentOf(place);
    const load = openLoader(place, { folder: schema(engine), lastVersion: 2 });
    expect(load).rejects.toThrow(/nothing is overwritten/);
    await load.catch(() => undefined);
    expect(await contentOf(place)).toEqual(before);
  }, 30_000);

  test("what is not complete cannot be used", async () => {
    const place = newPlace(engine);
    const loader = await openLoader(place, { folder: schema(engine), lastVersion: 2 });
    const table = loader.tables.find(({ name }) => name === "later");
    if (table === undefined) throw new Error("no table");
    await loader.add(table, [[1]]);
    if (place.engine === "sqlite") expect(existsSync(place.path)).toBe(false);
    else
      expect(migrateMariadb({ server: place.server, folder: schema(engine) })).rejects.toThrow(
        "The database is not complete",
      );
    await loader.abandon();
  }, 30_000);

  test("nor can what was given up before all tables were there", async () => {
    const place = newPlace(engine);
    const onProgress = ({ phase }: { readonly phase: string }) => {
      if (phase === "done") throw new Error("given up");
    };
    const load = openLoader(place, { folder: schema(engine), lastVersion: 2, onProgress });
    await expect(load).rejects.toThrow("given up");
    if (place.engine === "sqlite") {
      expect(readdirSync(folder).filter((name) => name.startsWith(basename(place.path)))).toEqual([]);
      return;
    }
    await expect(migrateMariadb({ server: place.server, folder: schema(engine) })).rejects.toThrow(
      "The database is not complete",
    );
    await expect(openLoader(place, { folder: schema(engine), lastVersion: 2 })).rejects.toThrow("run DROP DATABASE");
  }, 30_000);
});

test("a full disk is a full disk, however MariaDB says so", () => {
  const said = (errno: number, text: string) => mariadbError(new SqlError(text, "", false, undefined, "HY000", errno));
  for (const [errno, text] of [
    [1114, "The table 'orders' is full"],
    [1005, `Can't create table "a"."b" (errno: 135 "No more room in record file")`],
    [1030, 'Got error 28 "No space left on device" from storage engine InnoDB'],
  ] as const)
    expect(said(errno, text)).toMatchObject({ kind: "storage-full" });
  expect(said(1005, 'Can\'t create table (errno: 150 "Foreign key")')).toMatchObject({ kind: "other" });
});
