// The schemas by their effect: both engines get the same generated rows, and must take and refuse the same ones and
// store the same values. So defaults, CHECKs, triggers and generated columns are compared however they are written.
import type { Connection } from "mariadb";
import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import type { Catalog, Table } from "../types/catalog.ts";
import { tableDifferences } from "../types/parity.ts";
import { migratedDifferences } from "./compare.ts";
import { ProbedMariadb } from "./mariadb.ts";
import { beginOnSqlite, type NewNumbers, newNumbersOf } from "./new-numbers.ts";
import { quoted } from "./probe.ts";
import { clockDifferences } from "./probes/clock.ts";
import { referenceDifferences } from "./references.ts";
import { type SchemaTexts, schemaTexts } from "./schema-texts.ts";
import { ProbedSqlite } from "./sqlite.ts";
import { type ProbedEngines, type Surroundings, tableEffects } from "./table-effects.ts";

/** MariaDB's side: a connection that nothing else uses meanwhile. */
export interface MariadbSchema {
  readonly connection: Connection;
  readonly database: string;
  readonly catalog: Catalog;
}

/** SQLite's side. */
export interface SqliteSchema {
  readonly database: SqliteDatabase;
  readonly catalog: Catalog;
}

/**
 * What the two schemas do differently. A table whose columns or keys differ is left out: `catalogDifferences` reports
 * it. Leaves both databases as they were, except for the next automatic number of a table on MariaDB.
 */
export async function effectDifferences(mariadb: MariadbSchema, sqlite: SqliteSchema): Promise<string[]> {
  const texts = await schemaTexts(mariadb, sqlite.database);
  const engines = {
    mariadb: new ProbedMariadb(mariadb.connection, mariadb.database),
    sqlite: new ProbedSqlite(sqlite.database),
  };
  const tables = [...mariadb.catalog.values()].filter((table) => {
    const other = sqlite.catalog.get(table.name);
    return other !== undefined && !table.view && !other.view && tableDifferences(table, other).length === 0;
  });
  const seen = tables.map((table) => ({ table, around: seenFrom(table, texts, mariadb.catalog, tables) }));
  const together = seen.filter(({ around }) => around.numbers.length === 0);
  const found = new Map<Table, readonly string[]>();
  const tried = async (group: typeof seen, numbers: readonly NewNumbers[]): Promise<void> => {
    await rolledBack(mariadb.connection, sqlite.database, numbers, () =>
      Promise.all(group.map(async ({ table, around }) => found.set(table, await tableEffects(table, engines, around)))),
    );
  };
  await tried(together, []);
  // The rows of other tables have used numbers up, which MariaDB does not take back.
  for (const one of seen) if (!together.includes(one)) await tried([one], one.around.numbers);
  return [
    ...referenceDifferences(mariadb.catalog, sqlite.catalog),
    ...(await clockDifferences(mariadb, sqlite.database, tables)),
    ...(await storedRowDifferences(tables, engines, { mariadb: mariadb.connection, sqlite: sqlite.database })),
    ...tables.flatMap((table) => found.get(table) ?? []),
  ];
}

/** More rows of one table are only counted. */
const mostCompared = 5000;

/** The tables into which the migrations of the two engines store different rows. */
async function storedRowDifferences(
  tables: readonly Table[],
  { mariadb, sqlite }: ProbedEngines,
  database: { readonly mariadb: Connection; readonly sqlite: SqliteDatabase },
): Promise<string[]> {
  const differences = await Promise.all(
    tables.map(async (table) => {
      const text = `SELECT COUNT(*) AS n FROM ${quoted(table.name)}`;
      const [row] = await database.mariadb.query<unknown[][]>(text);
      const [here, there] = [Number(row?.[0]), database.sqlite.query<{ n: number }>(text).get()?.n ?? 0];
      if (here !== there)
        return [
          `table ${table.name} has ${here} ${here === 1 ? "row" : "rows"} on MariaDB and ${there} on SQLite after the migrations`,
        ];
      return here === 0 || here > mostCompared
        ? []
        : migratedDifferences(table, await mariadb.rows(table), sqlite.rows(table));
    }),
  );
  return differences.flat();
}

function seenFrom(table: Table, texts: SchemaTexts, catalog: Catalog, compared: readonly Table[]): Surroundings {
  const others = texts
    .writtenFrom(table.name)
    .flatMap((name) => catalog.get(name) ?? [])
    .filter(({ view }) => !view);
  const named = texts.namedInTriggers(table.name);
  const triggers = texts.triggersFrom(table.name);
  const near = namedTables(triggers.join(";\n"), catalog).filter(
    (other) => other !== table && compared.includes(other),
  );
  return {
    literals: texts.literalsOf(table.name),
    beside: texts.literalsBeside(table.name),
    checks: texts.checksOf(table.name),
    computed: texts.computedOf(table.name),
    active: texts.actsOn(table.name),
    named,
    others: others.filter((other) => compared.includes(other)),
    triggers,
    near: near.slice(0, mostNear).map((other) => ({ table: other, literals: texts.literalsOf(other.name) })),
    numbers: named.size === 0 ? [] : [table, ...others].flatMap((one) => newNumbersOf(one) ?? []),
  };
}

/** Rows in more tables would cost more than they show. */
const mostNear = 6;

/** The tables that a text names, by themselves or by a view of them. */
function namedTables(text: string, catalog: Catalog): readonly Table[] {
  const words = new Set(text.toLowerCase().match(/\w+/g));
  const found = new Set([...catalog.keys()].filter((name) => words.has(name.toLowerCase())));
  for (const name of found) for (const read of catalog.get(name)?.reads ?? []) found.add(read);
  return [...found].flatMap((name) => catalog.get(name) ?? []).filter(({ view }) => !view);
}

/** References are compared by the catalogs, so that each row can be tried without its parents. */
async function rolledBack<T>(
  mariadb: Connection,
  sqlite: SqliteDatabase,
  numbers: readonly NewNumbers[],
  work: () => Promise<T>,
): Promise<T> {
  const before = sqlite.query<{ foreign_keys: number }>("PRAGMA foreign_keys").get();
  sqlite.run("PRAGMA foreign_keys = OFF");
  sqlite.run("BEGIN");
  await mariadb.query(
    "SET @sqlproof_trace = @@optimizer_trace, optimizer_trace = 'enabled=off', foreign_key_checks = 0",
  );
  await mariadb.query("START TRANSACTION");
  beginOnSqlite(sqlite, numbers);
  try {
    return await work();
  } finally {
    await mariadb.query("ROLLBACK");
    await mariadb.query("SET optimizer_trace = @sqlproof_trace, foreign_key_checks = 1");
    sqlite.run("ROLLBACK");
    sqlite.run(`PRAGMA foreign_keys = ${before?.foreign_keys ?? 1}`);
  }
}
