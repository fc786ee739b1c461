import type { ForeignKey, Table } from "../check/types/catalog.ts";
import { DatabaseError } from "../runtime/errors.ts";
import type { Engines } from "./engines.ts";
import type { Random } from "./random.ts";
import { insertRow, knownColumns, readAll, updateColumns } from "./table-queries.ts";
import { columnValue, type Row, type Value, type ValueRange } from "./values.ts";

/** The rows of every table as SQLite stores them, including generated columns. */
export type Content = ReadonlyMap<string, readonly Row[]>;

/** The two engines do not accept the same rows: the schemas differ. */
export class FillError extends Error {
  override readonly name = "FillError";
}

const attempts = 25;
const tameAfter = 6;

/** Fills both engines with the same generated rows, except the tables that the migrations have filled. */
export async function fill(engines: Engines, random: Random, rowsPerTable: number): Promise<Content> {
  const content = new Map<string, readonly Row[]>();
  const later: { table: Table; key: ForeignKey }[] = [];
  for (const table of parentsFirst([...engines.catalog.values()].filter(({ view }) => !view))) {
    const existing = await engines.sqlite.all(readAll(table), {});
    const unfilled = table.foreignKeys.filter((key) => key.table !== table.name && !content.has(key.table));
    if (existing.length === 0) {
      await fillTable(engines, table, content, random.fork(`fill ${table.name}`), rowsPerTable);
      later.push(...unfilled.map((key) => ({ table, key })));
    }
    content.set(table.name, await engines.sqlite.all(readAll(table), {}));
  }
  for (const { table, key } of later) {
    await refer(engines, table, key, content, random.fork(`refer ${table.name} ${key.columns}`));
  }
  // Triggers may have written to tables that were filled earlier.
  for (const table of engines.catalog.values()) content.set(table.name, await engines.sqlite.all(readAll(table), {}));
  return content;
}

/** Tables in an order in which parents come first; a cycle is broken where its references may be null. */
function parentsFirst(tables: readonly Table[]): Table[] {
  const waiting = [...tables].sort((a, b) => (a.name < b.name ? -1 : 1));
  const sorted: Table[] = [];
  const missing = (table: Table): ForeignKey[] =>
    table.foreignKeys.filter((key) => key.table !== table.name && !sorted.some(({ name }) => name === key.table));
  while (waiting.length > 0) {
    const ready = waiting.findIndex((table) => missing(table).length === 0);
    const cut = waiting.findIndex((table) => missing(table).every((key) => mayBeNull(table, key)));
    const at = ready === -1 ? cut : ready;
    const [table] = waiting.splice(at === -1 ? 0 : at, 1);
    if (at === -1 || table === undefined)
      throw new FillError(`${waiting.map(({ name }) => name)} refer to each other and none may be null`);
    sorted.push(table);
  }
  return sorted;
}

function mayBeNull(table: Table, key: ForeignKey): boolean {
  return key.columns.some((name) => table.columns.get(name)?.nullable === true);
}

/** SQLite goes first, because its CHECKs are stricter; MariaDB must accept whatever SQLite accepted. */
async function fillTable(
  engines: Engines,
  table: Table,
  content: Content,
  random: Random,
  count: number,
): Promise<void> {
  const maker = new RowMaker(table, content, random);
  const insert = insertRow(table);
  await engines.sqlite.transaction(async (tx) => {
    for (let number = 0; number < count; number += 1)
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const row = maker.next(attempt < tameAfter ? "extreme" : "typical");
        if (row === null) continue;
        const error = await errorOf(tx.run(insert, row));
        if (error !== null) continue;
        maker.keep(row);
        break;
      }
  });
  if (maker.rows.length === 0 && count > 0)
    throw new FillError(`SQLite takes no generated row of ${table.name}: what do its CHECKs ask for?`);
  await engines.mariadb.transaction(async (tx) => {
    for (const row of maker.rows) {
      const error = await errorOf(tx.run(insert, row));
      if (error !== null)
        throw new FillError(
          `SQLite stores a row of ${table.name} that MariaDB refuses: ${error.message}\n  ${JSON.stringify(row)}`,
        );
    }
  });
}

async function errorOf(work: Promise<unknown>): Promise<DatabaseError | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
}

/** Sets the references to tables that were filled later. */
async function refer(engines: Engines, table: Table, key: ForeignKey, content: Content, random: Random): Promise<void> {
  const parents = content.get(key.table) ?? [];
  if (table.primaryKey.length === 0) return;
  const update = updateColumns(table, key.columns);
  for (const row of content.get(table.name) ?? []) {
    const parent = random.maybe(parents);
    if (parent === undefined || random.chance(0.3)) continue;
    const params: Record<string, Value> = {};
    for (const name of table.primaryKey) params[name] = row[name] ?? null;
    for (const [index, name] of key.columns.entries()) params[name] = parent[key.referenced[index] ?? ""] ?? null;
    // MariaDB goes first: its unique keys may ignore case where SQLite's do not.
    if ((await errorOf(engines.mariadb.run(update, params))) !== null) continue;
    const error = await errorOf(engines.sqlite.run(update, params));
    if (error !== null)
      throw new FillError(`MariaDB takes ${table.name} (${key.columns}) and SQLite refuses: ${error.message}`);
  }
}

/** Generates rows of one table that respect its keys. */
class RowMaker {
  readonly rows: Row[] = [];
  readonly #taken: Set<string>[];
  readonly #unique: readonly (readonly string[])[];
  #number = 0;

  constructor(
    private readonly table: Table,
    private readonly content: Content,
    private readonly random: Random,
  ) {
    this.#unique = [table.primaryKey, ...table.uniqueKeys].filter((key) => key.length > 0);
    this.#taken = this.#unique.map(() => new Set());
  }

  /** A row, or null when the drawn key is taken or no parent exists. */
  next(range: ValueRange): Row | null {
    const row: Record<string, Value> = {};
    for (const key of this.table.foreignKeys) if (!this.#refer(row, key)) return null;
    for (const column of knownColumns(this.table)) {
      if (column.generated || row[column.name] !== undefined) continue;
      if (column.numbered) row[column.name] = this.#number + 1 + (this.#number > 0 && this.random.chance(0.15) ? 2 : 0);
      else if (column.nullable && this.random.chance(0.25)) row[column.name] = null;
      else row[column.name] = columnValue(column, this.random, range);
    }
    return this.#unique.every((key, index) => this.#taken[index]?.has(this.#keyOf(row, key)) !== true) ? row : null;
  }

  keep(row: Row): void {
    this.rows.push(row);
    for (const [index, key] of this.#unique.entries()) {
      const nulls = key.some((name) => row[name] === null);
      if (!nulls) this.#taken[index]?.add(this.#keyOf(row, key));
    }
    for (const column of this.table.columns.values())
      if (column.numbered) this.#number = Math.max(this.#number, Number(row[column.name]));
  }

  /** Sets a reference in the row; false when no parent fits the columns that are already set. */
  #refer(row: Record<string, Value>, key: ForeignKey): boolean {
    const own = key.table === this.table.name;
    const parents = (own ? this.rows : (this.content.get(key.table) ?? [])).filter((parent) =>
      key.columns.every((name, index) => row[name] === undefined || row[name] === parent[key.referenced[index] ?? ""]),
    );
    const optional = mayBeNull(this.table, key);
    // The first parents get many children and the last third none: both cases matter to joins, counts and deletes.
    const reach = Math.ceil(parents.length * 0.66);
    const parent = parents[Math.floor(this.random.next() * this.random.next() * reach)];
    if (parent === undefined && !optional) return false;
    const empty = optional && (parent === undefined || this.random.chance(0.2));
    for (const [index, name] of key.columns.entries()) {
      if (row[name] !== undefined) continue;
      const nullable = this.table.columns.get(name)?.nullable === true;
      if (!empty) row[name] = parent?.[key.referenced[index] ?? ""] ?? null;
      else if (nullable) row[name] = null;
    }
    return true;
  }

  /** Equal for values that either engine may consider equal, e.g. under a case-insensitive collation. */
  #keyOf(row: Row, key: readonly string[]): string {
    return JSON.stringify(
      key.map((name) => {
        const value = row[name] ?? null;
        const collation = this.table.columns.get(name)?.collation ?? null;
        if (typeof value !== "string" || collation === null || collation.endsWith("nopad_bin")) return value;
        return value.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "s").toLowerCase().trimEnd();
      }),
    );
  }
}
