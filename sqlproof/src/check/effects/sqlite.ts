import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import type { Column, Table } from "../types/catalog.ts";
import type { Stored } from "../types/limit-values.ts";
import {
  type ComparableRow,
  emptying,
  type Outcome,
  type Probe,
  readText,
  sortedRows,
  type Write,
  writeText,
} from "./probe.ts";
import { comparable, type Row } from "./values.ts";

/** What SQLite does with a value. */
export type Verdict = "taken" | "refused by a CHECK" | "refused";

/** SQLite inside one transaction that is rolled back. */
export class ProbedSqlite {
  readonly #triggered: ReadonlySet<string>;

  constructor(private readonly database: SqliteDatabase) {
    const triggers = database.query<{ name: string }>(
      "SELECT tbl_name AS name FROM sqlite_schema WHERE type = 'trigger'",
    );
    this.#triggered = new Set(triggers.all().map(({ name }) => name));
  }

  run({ table, writes, others }: Probe): Outcome {
    return this.#undone(() => {
      this.#refusal(emptying(table), []);
      const refusals: (string | null)[] = [];
      const rows: (readonly ComparableRow[])[] = [];
      for (const write of writes) {
        refusals.push(this.#write(table, write));
        rows.push(write.read ? this.#rows(table) : []);
      }
      return { refusals, rows, others: new Map(others.map((other) => [other.name, sortedRows(this.#rows(other))])) };
    });
  }

  /**
   * What each column does with the values, in this row. The row may break CHECKs: an UPDATE evaluates just those that
   * name the changed column.
   */
  verdicts(
    table: Table,
    row: Row,
    values: ReadonlyMap<Column, readonly Stored[]>,
  ): Map<Column, ReadonlyMap<Stored, Verdict>> {
    return this.#undone(() => {
      this.#refusal(emptying(table), []);
      this.database.run("PRAGMA ignore_check_constraints = ON");
      const refused = this.#write(table, { kind: "insert", row, about: "row", read: false });
      this.database.run("PRAGMA ignore_check_constraints = OFF");
      if (refused !== null) return new Map();
      return new Map([...values].map(([column, tried]) => [column, this.#columnVerdicts(table, row, column, tried)]));
    });
  }

  #columnVerdicts(table: Table, row: Row, { name }: Column, values: readonly Stored[]): Map<Stored, Verdict> {
    const sql = writeText(table, "update", [name]);
    const verdict = (value: Stored): Verdict => {
      const refusal = this.#refusal(sql, [value]);
      if (refusal === null) return "taken";
      return refusal.startsWith("CHECK constraint failed") ? "refused by a CHECK" : "refused";
    };
    // Triggers may leave more behind than the value.
    if (this.#triggered.has(table.name))
      return new Map(values.map((value) => [value, this.#undone(() => verdict(value))]));
    const verdicts = new Map(values.map((value) => [value, verdict(value)]));
    this.#refusal(sql, [row[name] ?? null]);
    return verdicts;
  }

  /** The values that each column takes in this row. */
  taken(table: Table, row: Row, values: ReadonlyMap<Column, readonly Stored[]>): Map<Column, Stored[]> {
    const verdicts = this.verdicts(table, row, values);
    return new Map(
      [...values].map(([column, tried]) => [
        column,
        tried.filter((value) => verdicts.get(column)?.get(value) === "taken"),
      ]),
    );
  }

  /** The rows that the migrations stored. */
  existing(table: Table): Row[] {
    return this.#stored(table).map((row) =>
      Object.fromEntries([...row].map(([column, value]) => [column.name, value])),
    );
  }

  #write(table: Table, { kind, row }: Write): string | null {
    return this.#refusal(writeText(table, kind, Object.keys(row)), Object.values(row));
  }

  #refusal(sql: string, values: readonly Stored[]): string | null {
    try {
      this.database.query(sql).run(...values);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #rows(table: Table): ComparableRow[] {
    return this.#stored(table).map(
      (row) => new Map([...row].map(([column, value]) => [column.name, comparable(column, value)])),
    );
  }

  /** Whole numbers are read as text, which is exact. */
  #stored(table: Table): Map<Column, Stored>[] {
    const columns = [...table.columns.values()];
    const whole = columns.map(({ range }) => range !== null);
    const text = readText(table, (name, index) => (whole[index] === true ? `CAST(${name} AS TEXT)` : name));
    const rows = this.database.query(text).values();
    return rows.map(
      (row) =>
        new Map(
          columns.map((column, index) => {
            const value = row[index] ?? null;
            return [column, whole[index] === true && value !== null ? BigInt(String(value)) : storedValue(value)];
          }),
        ),
    );
  }

  #undone<T>(work: () => T): T {
    this.database.run("SAVEPOINT effect");
    try {
      return work();
    } finally {
      this.database.run("ROLLBACK TO effect");
      this.database.run("RELEASE effect");
    }
  }
}

function storedValue(value: unknown): Stored {
  if (typeof value === "string" || typeof value === "number" || value instanceof Uint8Array) return value;
  return typeof value === "bigint" ? value : null;
}
