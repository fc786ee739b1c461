// What the migrations of the two engines do with rows that are already stored: the same generated rows are put into the
// tables before the first step that changes these, go through all later steps, and must be the same at the end.
import type { MigrationStep } from "../../migrations/files.ts";
import { ProbedMariadb } from "../effects/mariadb.ts";
import type { ComparableRow } from "../effects/probe.ts";
import { ProbedSqlite } from "../effects/sqlite.ts";
import { comparable } from "../effects/values.ts";
import { type Catalog, ownTables, type Table } from "../types/catalog.ts";
import { mariadbCatalog } from "../types/mariadb-catalog.ts";
import { storesInForm, tableDifferences } from "../types/parity.ts";
import { sqliteCatalog } from "../types/sqlite-catalog.ts";
import { Deployed, type EmptyMariadb } from "./deployed.ts";
import { byKey, type Differing, differing, messageOf, type RowKey, valuesOf } from "./differing.ts";
import { fill } from "./fill.ts";
import { type Fillable, fillable } from "./made-rows.ts";
import { type Refusal, runStep, type StepPair, StuckError } from "./step.ts";
import { firstNamed, placeIn, touchedBy } from "./touched.ts";

/** A difference, and where the step of each engine changes the table. */
export interface MigratedDifference {
  readonly message: string;
  readonly mariadb?: string | null;
  readonly sqlite?: string | null;
}

export interface Migrations {
  readonly mariadb: readonly MigrationStep[];
  readonly sqlite: readonly MigrationStep[];
}

/** What the schemas are in the end. */
export interface Catalogs {
  readonly mariadb: Catalog;
  readonly sqlite: Catalog;
}

/**
 * Where the two databases differ when they had rows before the last steps. Of what is accepted anyway, nobody asks which
 * step it was.
 */
export async function migratedRowDifferences(
  migrations: Migrations,
  catalogs: Catalogs,
  empty: () => Promise<EmptyMariadb>,
  isAccepted: (message: string) => boolean,
): Promise<MigratedDifference[]> {
  const pairs = pairsOf(migrations);
  if (pairs.slice(1).every((pair) => touched(pair, catalogs.mariadb.keys()).size === 0)) return [];
  const first = await replay(pairs, catalogs, empty, null);
  const brief = first.differing.map((one) => ({ message: messageOf(one, null) }));
  if (brief.every(({ message }) => isAccepted(message))) return [...first.refusals, ...brief];
  // Which step it was takes a look behind each.
  const watch = new Watch();
  await replay(pairs, catalogs, empty, watch);
  return [...first.refusals, ...first.differing.map((one) => watch.described(one, pairs))];
}

function pairsOf({ mariadb, sqlite }: Migrations): StepPair[] {
  const versions = [...new Set([...mariadb, ...sqlite].map(({ version }) => version))].sort((a, b) => a - b);
  const of = (steps: readonly MigrationStep[], version: number): MigrationStep[] =>
    steps.filter((step) => step.version === version);
  return versions.map((version) => ({ version, mariadb: of(mariadb, version), sqlite: of(sqlite, version) }));
}

function touched({ mariadb, sqlite }: StepPair, tables: Iterable<string>): ReadonlySet<string> {
  return touchedBy([...mariadb, ...sqlite], tables);
}

interface Replayed {
  readonly refusals: MigratedDifference[];
  readonly differing: readonly Differing[];
}

async function replay(
  pairs: readonly StepPair[],
  catalogs: Catalogs,
  empty: () => Promise<EmptyMariadb>,
  watch: Watch | null,
): Promise<Replayed> {
  const opened = await empty();
  const deployed = new Deployed(opened.connection, opened.database);
  const refusals: MigratedDifference[] = [];
  const refused = (refusal: Refusal | null, pair: StepPair): void => {
    if (refusal !== null)
      refusals.push(refusedStep(refusal, pair, [...deployed.stored.keys(), ...catalogs.mariadb.keys()]));
  };
  try {
    for (const [index, pair] of pairs.entries()) {
      if (index > 0) await fillBefore(deployed, pair, catalogs);
      await watch?.remember(deployed);
      const before = deployed.tables();
      try {
        refused(await runStep(deployed, pair), pair);
      } catch (error) {
        if (!(error instanceof StuckError)) throw error;
        refused(error.refusal, pair);
        return { refusals, differing: [] };
      }
      deployed.followRenames(before);
      await watch?.look(pair.version, deployed);
    }
    const tables = [...catalogs.mariadb.values()].filter((table) => isSame(table, catalogs.sqlite.get(table.name)));
    return { refusals, differing: (await comparedRows(deployed, tables)).flatMap(({ found }) => found) };
  } finally {
    deployed.sqlite.close();
    await opened.close();
  }
}

function isSame(table: Table, sqlite: Table | undefined): boolean {
  return sqlite !== undefined && !table.view && !sqlite.view && tableDifferences(table, sqlite).length === 0;
}

/** Puts rows into the tables that the step changes, into those to which they refer, and that refer to them. */
async function fillBefore(deployed: Deployed, pair: StepPair, catalogs: Catalogs): Promise<void> {
  const isEmpty = (name: string): boolean => (deployed.stored.get(name)?.size ?? 0) === 0 && !ownTables.test(name);
  const wanted = [...touched(pair, deployed.tables())].filter(isEmpty);
  if (wanted.length === 0) return;
  const [here, there] = [await mariadbCatalog(deployed.mariadb, deployed.database), sqliteCatalog(deployed.sqlite)];
  const refers = (name: string, to: string): boolean =>
    [here, there].some((catalog) => catalog.get(name)?.foreignKeys.some(({ table }) => table === to) === true);
  // What happens to a parent may happen to its children.
  for (const parent of wanted)
    for (const name of there.keys())
      if (isEmpty(name) && !wanted.includes(name) && refers(name, parent)) wanted.push(name);
  const tables = new Map<string, Fillable>();
  for (const name of wanted) {
    const [mine, other] = [here.get(name), there.get(name)];
    const later = [catalogs.mariadb.get(name), catalogs.sqlite.get(name)].flatMap((one) => one ?? []);
    const one = mine === undefined || other === undefined ? null : fillable(mine, other, later);
    if (one === null) continue;
    tables.set(name, one);
    for (const { table } of one.references) if (isEmpty(table) && !wanted.includes(table)) wanted.push(table);
  }
  await fill(deployed, [...tables.values()]);
}

function refusedStep(
  { engine, said, statement, onlyEnds }: Refusal,
  pair: StepPair,
  tables: readonly string[],
): MigratedDifference {
  const table = firstNamed(statement, tables) ?? "";
  const rows = onlyEnds ? "the largest or longest values" : "rows";
  const bounds = engine === "MariaDB" && onlyEnds ? ", SQLite by a CHECK with the bounds of the type" : "";
  return {
    message: `step ${pair.version} fails on ${engine} alone where ${rows} are stored, at table ${table} (${said}): convert them in both steps, or have both refuse them${bounds}`,
    mariadb: placeIn(pair.mariadb, table, statement),
    sqlite: placeIn(pair.sqlite, table, statement),
  };
}

interface Compared {
  readonly table: Table;
  readonly rows: ReadonlyMap<string, ComparableRow>;
  readonly found: readonly Differing[];
}

async function comparedRows(deployed: Deployed, tables: readonly Table[]): Promise<Compared[]> {
  const { mariadb, database, sqlite } = deployed;
  const engines = { mariadb: new ProbedMariadb(mariadb, database), sqlite: new ProbedSqlite(sqlite) };
  return Promise.all(
    tables.map(async (table) => {
      const key = keyOf(table, deployed);
      const rows = byKey(key, await engines.mariadb.rows(table));
      return { table, rows, found: differing(table, key, rows, byKey(key, engines.sqlite.rows(table))) };
    }),
  );
}

/** Rows that were put into the table have the key that they had then, even where a step has made another one. */
function keyOf(table: Table, deployed: Deployed): RowKey {
  const { columns, primaryKey } = table;
  const rows = [...(deployed.stored.get(table.name)?.values() ?? [])].map(({ sqlite }) => sqlite);
  const given = [...(rows[0]?.keys() ?? [])];
  const names = given.length > 0 && given.every((one) => columns.has(one)) ? given : primaryKey;
  const stored = rows.map((row) =>
    valuesOf(
      names,
      new Map(
        [...row].flatMap(([name, value]) => {
          const column = columns.get(name);
          return column === undefined ? [] : [[name, comparable(column, value)] as const];
        }),
      ),
    ),
  );
  const numbered = primaryKey.filter((one) => columns.get(one)?.numbered === true);
  return { names: names.length === 0 ? [...columns.keys()] : names, numbered, stored: new Set(stored) };
}

/** The tables between two steps, as far as both engines have them in one form. */
async function compareNow(deployed: Deployed): Promise<Compared[]> {
  const [here, there] = [await mariadbCatalog(deployed.mariadb, deployed.database), sqliteCatalog(deployed.sqlite)];
  const tables = [...here.values()].flatMap((table) => comparablePart(table, there.get(table.name)) ?? []);
  return comparedRows(deployed, tables);
}

/** Looks behind each step, and remembers which one made a difference that stayed. */
class Watch {
  readonly #since = new Map<string, { readonly version: number; readonly before: string | null }>();
  #rows = new Map<string, ReadonlyMap<string, ComparableRow>>();

  /** What is stored before a step. */
  async remember(deployed: Deployed): Promise<void> {
    this.#rows = new Map((await compareNow(deployed)).map(({ table, rows }) => [table.name, rows]));
  }

  async look(version: number, deployed: Deployed): Promise<void> {
    const found = (await compareNow(deployed)).flatMap((one) => one.found);
    for (const one of found) {
      const name = nameOf(one);
      const value = this.#rows
        .get(one.table.name)
        ?.get(one.key)
        ?.get(one.column ?? "");
      const before = value === undefined ? null : value === null ? "NULL" : `'${value}'`;
      if (!this.#since.has(name)) this.#since.set(name, { version, before });
    }
    const names = new Set(found.map(nameOf));
    for (const name of this.#since.keys()) if (!names.has(name)) this.#since.delete(name);
  }

  described(one: Differing, pairs: readonly StepPair[]): MigratedDifference {
    const since = this.#since.get(nameOf(one)) ?? null;
    const pair = pairs.find(({ version }) => version === since?.version) ?? pairs.at(-1);
    const { name } = one.table;
    return {
      message: messageOf(one, since),
      mariadb: placeIn(pair?.mariadb ?? [], name),
      sqlite: placeIn(pair?.sqlite ?? [], name),
    };
  }
}

function nameOf({ table, column }: Differing): string {
  return `${table.name}.${column ?? ""}`;
}

/** The columns that both have in one form, which between two steps may be few. */
function comparablePart(table: Table, sqlite: Table | undefined): Table | null {
  if (sqlite === undefined || table.view || sqlite.view || ownTables.test(table.name)) return null;
  const columns = [...table.columns].filter(([name, { type }]) => {
    const there = sqlite.columns.get(name);
    return there !== undefined && type !== null && storesInForm(type, there);
  });
  const names = new Set(columns.map(([name]) => name));
  return table.primaryKey.every((name) => names.has(name)) ? { ...table, columns: new Map(columns) } : null;
}
