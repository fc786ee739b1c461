import type { Column, Table } from "../types/catalog.ts";
import { insideValues, type Stored } from "../types/limit-values.ts";
import { type ProbedSqlite, takenOf } from "./sqlite.ts";
import type { Row } from "./values.ts";

const tries = 400;

/**
 * Rows that SQLite takes: a plain one, those that the migrations stored, then some of values that its CHECKs let pass one
 * by one. The same on every run, so that a difference is found again. Null means that it refused one, and why.
 */
export function* acceptedRows(
  table: Table,
  values: ReadonlyMap<Column, readonly Stored[]>,
  sqlite: ProbedSqlite,
): Generator<{ readonly row: Row } | { readonly refusal: string }> {
  for (const row of candidates(table, values, sqlite)) {
    const { refusals } = sqlite.run({
      table,
      writes: [{ kind: "insert", rows: [row], about: "row", read: false }],
      others: [],
    });
    const refusal = refusals[0] ?? null;
    yield refusal === null ? { row } : { refusal };
  }
}

function* candidates(
  table: Table,
  values: ReadonlyMap<Column, readonly Stored[]>,
  sqlite: ProbedSqlite,
): Generator<Row> {
  const columns = [...values.keys()];
  const plain = rowOf(columns, (column) => insideValues(column)[0] ?? null);
  yield plain;
  yield* sqlite.existing(table).slice(0, 5);
  const taken = takenOf(sqlite.verdicts(table, plain, values, { breaks: true }), values);
  const at = (column: Column, index: number): Stored => {
    const passing = taken.get(column) ?? [];
    const list = passing.length > 0 ? passing : (values.get(column) ?? []);
    return list[index % Math.max(list.length, 1)] ?? null;
  };
  yield rowOf(columns, (column) => at(column, 0));
  let state = 1;
  for (let count = 0; count < tries; count += 1)
    yield rowOf(columns, (column) => {
      state = (state * 48271) % 2147483647;
      return at(column, state);
    });
}

function rowOf(columns: readonly Column[], value: (column: Column) => Stored): Row {
  return Object.fromEntries(columns.map((column) => [column.name, value(column)]));
}
