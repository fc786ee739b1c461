import type { Row } from "../effects/values.ts";
import type { Column, ForeignKey, Table } from "../types/catalog.ts";
import type { Stored } from "../types/limit-values.ts";
import { distinctValue, type StoredValues, valuesToStore } from "./values.ts";

/** A table before a step, as both engines have it, and the values that its columns get. */
export interface Fillable {
  readonly table: Table;
  /** The columns that both store. */
  readonly values: ReadonlyMap<Column, StoredValues>;
  /** The keys and references of either engine, and those that later steps add. */
  readonly keys: readonly (readonly string[])[];
  readonly references: readonly ForeignKey[];
}

/** Null for a table in which no row is known to mean the same on both engines. `later` is what it becomes, if it stays. */
export function fillable(table: Table, sqlite: Table, later: readonly Table[]): Fillable | null {
  const values = new Map<Column, StoredValues>();
  if (table.view || sqlite.view || table.primaryKey.length === 0) return null;
  if (table.primaryKey.join(" ") !== sqlite.primaryKey.join(" ")) return null;
  for (const [name, column] of table.columns) {
    const there = sqlite.columns.get(name);
    if (there === undefined && !column.hasDefault) return null;
    if (there === undefined || column.generated || there.generated) continue;
    const list = valuesToStore(column, there);
    if (list !== null) values.set(column, list);
    else if (!column.hasDefault || !there.hasDefault) return null;
  }
  const alone = [...sqlite.columns.values()].filter(({ name }) => !table.columns.has(name));
  if (alone.some(({ hasDefault }) => !hasDefault)) return null;
  const known = new Set([...values.keys()].map(({ name }) => name));
  if (!table.primaryKey.every((name) => known.has(name))) return null;
  const all = [table, sqlite, ...later];
  return {
    table,
    values,
    keys: [
      table.primaryKey,
      ...all.flatMap(({ uniqueKeys, partialKeys }) => [...uniqueKeys, ...partialKeys.map(({ columns }) => columns)]),
    ],
    references: all.flatMap(({ foreignKeys }) => foreignKeys),
  };
}

/** Makes rows by number: a row of one number refers to those of the same number, and no two of a table share a key. */
export class MadeRows {
  /** The rows that were stored earlier are parents, too. */
  constructor(
    private readonly tables: ReadonlyMap<string, Fillable>,
    private readonly earlier: (table: string, number: number) => Row | undefined,
  ) {}

  /** How many rows show every usual value of the tables, within a bound. Those behind them hold the ends of ranges. */
  get usual(): number {
    const lengths = [...this.tables.values()].flatMap(({ values }) =>
      [...values.values()].map(({ usual }) => usual.length),
    );
    return Math.min(Math.max(fewest, ...lengths), most);
  }

  get count(): number {
    return this.usual + 2;
  }

  row({ table, values }: Fillable, number: number): Row {
    return Object.fromEntries(
      [...values.keys()].map((column) => [column.name, this.#value(table.name, column.name, number, [])]),
    );
  }

  /** The columns whose values no other row of the table may have, or that refer to a row. */
  fixed({ keys, references }: Fillable): ReadonlySet<string> {
    return new Set([...keys.flat(), ...references.flatMap(({ columns }) => columns)]);
  }

  #value(name: string, column: string, number: number, seen: readonly string[]): Stored {
    const known = this.earlier(name, number)?.[column];
    if (known !== undefined) return known;
    const one = this.tables.get(name);
    const place = `${name}.${column}`;
    if (one === undefined) return null;
    const reference = referenceOf(one, column);
    if (reference !== null && !seen.includes(place)) {
      const { key, referenced } = reference;
      if (this.#exists(key.table, number)) return this.#value(key.table, referenced, number, [...seen, place]);
      return null;
    }
    const own = [...one.values].find(([{ name: other }]) => other === column);
    if (own === undefined) return null;
    const [shape, kept] = own;
    if (one.keys.some((key) => distinguishing(one, key) === column)) return distinctValue(shape, number);
    return this.#ordinary(kept, number, [...one.values.keys()].indexOf(shape));
  }

  /** Columns of one type hold different values in the same row, except in the plainest. */
  #ordinary({ usual, ends }: StoredValues, number: number, position: number): Stored {
    if (number >= this.usual && ends.length > 0) return ends[(number - this.usual) % ends.length] ?? null;
    if (number === 0 || usual.length < 2) return usual[0] ?? null;
    // The plainest has had its row.
    const first = usual.length < this.usual ? 0 : 1;
    return usual[first + ((number + position) % (usual.length - first))] ?? null;
  }

  #exists(table: string, number: number): boolean {
    return this.tables.has(table) || this.earlier(table, number) !== undefined;
  }
}

const fewest = 8;
const most = 24;

/** The column of a key by which rows are told apart: a number if there is one, none that refers to a parent. */
function distinguishing(one: Fillable, key: readonly string[]): string | null {
  const { columns } = one.table;
  const own = key.filter((name) => columns.has(name) && referenceOf(one, name) === null);
  const isNumber = (name: string): boolean => (columns.get(name)?.range ?? null) !== null;
  const wide = own.filter((name) => (columns.get(name)?.members ?? null) === null);
  return wide.find(isNumber) ?? wide[0] ?? own[0] ?? null;
}

function referenceOf({ references }: Fillable, column: string): { key: ForeignKey; referenced: string } | null {
  const key = references.find(({ columns }) => columns.includes(column));
  const referenced = key?.referenced[key.columns.indexOf(column)];
  return key === undefined || referenced === undefined ? null : { key, referenced };
}
