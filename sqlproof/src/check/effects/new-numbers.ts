import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import type { Column, Table } from "../types/catalog.ts";
import type { ComparableRow } from "./probe.ts";

/**
 * The numbers that the engines give to new rows of one table. A rolled-back row uses its number up on MariaDB and not
 * on SQLite, so both begin at the same one, far from every value that is tried, and what follows it counts as new.
 */
export interface NewNumbers {
  readonly table: Table;
  readonly column: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** Null for a table whose rows the engines do not number. */
export function newNumbersOf(table: Table): NewNumbers | null {
  const column = numberedColumn(table);
  if (column === null || column.range === null) return null;
  const { max } = column.range;
  const first = max / 3n < farthest ? max / 3n : farthest;
  const last = first + most < max ? first + most : max;
  return { table, column: column.name, first, last };
}

const farthest = 2n ** 40n;
const most = 2n ** 20n;

/** So few that the probes of one table might use them up together. */
export function areFew({ first, last }: NewNumbers): boolean {
  return last - first < 10_000n;
}

/** The column in which the engine numbers the rows. */
export function numberedColumn({ columns }: Table): Column | null {
  return [...columns.values()].find(({ numbered }) => numbered) ?? null;
}

/** Lets SQLite begin at the first numbers, until the transaction is rolled back. */
export function beginOnSqlite(database: SqliteDatabase, numbers: readonly NewNumbers[]): void {
  const known = database.query("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").get();
  if (known === null || known === undefined) return;
  for (const { table, first } of numbers) {
    database.query("DELETE FROM sqlite_sequence WHERE name = ?").run(table.name);
    database.query("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").run(table.name, first - 1n);
  }
}

/** How to read new numbers: each as the row that got it, wherever another row names that one. */
export class NumberReader {
  readonly #rows = new Map<string, string>();

  /** `content` has the rows of the numbered tables, so far as they are known. */
  constructor(
    private readonly numbers: readonly NewNumbers[],
    content: ReadonlyMap<string, readonly ComparableRow[]>,
  ) {
    for (const { table, column } of numbers)
      for (const row of content.get(table.name) ?? []) {
        const number = row.get(column) ?? null;
        if (number === null || this.#source(number) === null) continue;
        const rest = [...row.values()].map((value) => (this.#source(value) === null ? value : newNumber));
        this.#rows.set(`${table.name} ${number}`, `${table.name} ${JSON.stringify(rest)}`);
      }
  }

  /** The row in a form that is the same on both engines, whichever numbers each gave. */
  read(table: Table, row: ComparableRow): ComparableRow {
    if (this.numbers.length === 0) return row;
    return new Map([...row].map(([name, value]) => [name, this.#value(table.columns.get(name), value)]));
  }

  #value(column: Column | undefined, value: string | null): string | null {
    const source = column?.type === "integer" || column?.type === "bigint" ? this.#source(value) : null;
    if (source === null || column?.numbered === true) return source === null ? value : newNumber;
    return this.#rows.get(`${source.table.name} ${value}`) ?? newNumber;
  }

  /** The table whose number it is. */
  #source(value: string | null): NewNumbers | null {
    if (value === null || !/^\d+$/.test(value)) return null;
    const number = BigInt(value);
    return this.numbers.find(({ first, last }) => number >= first && number <= last) ?? null;
  }
}

const newNumber = "a new number";
