import { areNow, inUnits, quotedValue } from "../effects/compare.ts";
import type { ComparableRow } from "../effects/probe.ts";
import type { Table } from "../types/catalog.ts";

/** A value that the two engines store differently, or a row that only one of them has. */
export interface Differing {
  readonly table: Table;
  /** Null for a row. */
  readonly column: string | null;
  readonly key: string;
  readonly mariadb: string | null;
  readonly sqlite: string | null;
}

/** By what the rows of both engines are told apart. */
export interface RowKey {
  readonly names: readonly string[];
  /** The columns of which the engine numbers the rows itself: whichever number a new row has, it is new. */
  readonly numbered: readonly string[];
  /** The keys of the rows that were put into the table. */
  readonly stored: ReadonlySet<string>;
}

/** The values of a row in one form. */
export function valuesOf(names: readonly string[], row: ComparableRow): string {
  return JSON.stringify(names.map((name) => row.get(name) ?? null));
}

/** The first difference of each column; only that of a row if one has a row that the other has not. */
export function differing(
  table: Table,
  { names, numbered }: RowKey,
  here: ReadonlyMap<string, ComparableRow>,
  there: ReadonlyMap<string, ComparableRow>,
): Differing[] {
  const alone = [...here.keys(), ...there.keys()].find((key) => !here.has(key) || !there.has(key));
  if (alone !== undefined) {
    const [mine, other] = [here.get(alone), there.get(alone)];
    const shown = shownKey(names, mine ?? other ?? new Map());
    return [
      {
        table,
        column: null,
        key: alone,
        mariadb: mine === undefined ? null : shown,
        sqlite: other === undefined ? null : shown,
      },
    ];
  }
  const found = new Map<string, Differing>();
  for (const [key, row] of here)
    for (const [name, mine] of row) {
      const other = there.get(key)?.get(name) ?? null;
      if (mine === other || numbered.includes(name) || areNow(table, name, [mine, other]) || found.has(name)) continue;
      found.set(name, { table, column: name, key, mariadb: mine, sqlite: other });
    }
  return [...found.values()];
}

/** Rows that are all alike are counted. */
export function byKey({ names, numbered, stored }: RowKey, rows: readonly ComparableRow[]): Map<string, ComparableRow> {
  const counts = new Map<string, number>();
  const [first] = rows;
  const others = [...(first?.keys() ?? [])].filter((name) => !numbered.includes(name));
  return new Map(
    rows.map((row) => {
      const own = valuesOf(names, row);
      const key = numbered.length === 0 || stored.has(own) ? own : `new ${valuesOf(others, row)}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return [count === 1 ? key : `${key} ${count}`, row];
    }),
  );
}

function shownKey(names: readonly string[], row: ComparableRow): string {
  return names.map((name) => `${name} = ${quotedValue(row.get(name) ?? null)}`).join(", ");
}

/** What differs and since when, as the check says it. */
export function messageOf(
  { table, column, mariadb, sqlite }: Differing,
  since: { readonly version: number; readonly before: string | null } | null,
): string {
  const after = since === null ? "after the steps" : `after step ${since.version}`;
  if (column === null) {
    const [has, lacks] = sqlite === null ? ["MariaDB", "SQLite"] : ["SQLite", "MariaDB"];
    return `table ${table.name} keeps a row (${mariadb ?? sqlite}) on ${has} and not on ${lacks} ${after}, of rows that were stored before: write steps that keep, remove and add the same rows`;
  }
  const declared = table.columns.get(column);
  const units = declared === undefined || mariadb === null ? "" : inUnits(declared, mariadb, "value");
  const held = (since?.before ?? null) === null ? "" : `, where a row held ${since?.before} before`;
  return `column ${table.name}.${column} holds ${quotedValue(mariadb)} on MariaDB and ${quotedValue(sqlite)} on SQLite ${after}${held}: write steps that give stored rows the same value, rounded alike${units}`;
}
