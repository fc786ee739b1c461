import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import type { Column, Table } from "../types/catalog.ts";
import type { Stored } from "../types/limit-values.ts";
import { isOwnCheck } from "./checks.ts";
import {
  type ComparableRow,
  emptying,
  type Outcome,
  type Probe,
  readText,
  sentValues,
  type Write,
  writeText,
} from "./probe.ts";
import { comparable, type Row } from "./values.ts";

/** What SQLite does with a value. */
export type Verdict = "taken" | "refused by its CHECK" | "refused";

export type Verdicts = ReadonlyMap<Column, ReadonlyMap<Stored, Verdict>>;

/** Those of the values that each column takes. */
export function takenOf(verdicts: Verdicts, values: ReadonlyMap<Column, readonly Stored[]>): Map<Column, Stored[]> {
  return new Map(
    [...values].map(([column, tried]) => [
      column,
      tried.filter((value) => verdicts.get(column)?.get(value) === "taken"),
    ]),
  );
}

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
        const { on = table } = write;
        refusals.push(write.kind === "read" ? null : this.#write(on, write));
        rows.push(write.read ? this.rows(on) : []);
      }
      return { refusals, rows, others: new Map(others.map((other) => [other.name, this.rows(other)])) };
    });
  }

  /**
   * What each column does with the values, in this row. A row that `breaks` CHECKs will do, too: an UPDATE evaluates just
   * those that name the changed column.
   */
  verdicts(
    table: Table,
    row: Row,
    values: ReadonlyMap<Column, readonly Stored[]>,
    { breaks }: { readonly breaks: boolean },
  ): Verdicts {
    return this.#undone(() => {
      this.#refusal(emptying(table), []);
      // The pragma makes SQLite prepare every statement again.
      if (breaks) this.database.run("PRAGMA ignore_check_constraints = ON");
      const refused = this.#write(table, { kind: "insert", rows: [row], about: "row", read: false });
      if (breaks) this.database.run("PRAGMA ignore_check_constraints = OFF");
      if (refused !== null) return new Map();
      return new Map([...values].map(([column, tried]) => [column, this.#columnVerdicts(table, row, column, tried)]));
    });
  }

  #columnVerdicts(table: Table, row: Row, column: Column, values: readonly Stored[]): Map<Stored, Verdict> {
    const { name } = column;
    const sql = writeText(table, { kind: "update", rows: [{ [name]: null }] });
    const verdict = (value: Stored): Verdict => {
      const refusal = this.#refusal(sql, [value]);
      if (refusal === null) return "taken";
      return isOwnCheck(this.database, table, column, refusal) ? "refused by its CHECK" : "refused";
    };
    // Triggers may leave more behind than the value.
    if (this.#triggered.has(table.name))
      return new Map(values.map((value) => [value, this.#undone(() => verdict(value))]));
    const verdicts = new Map(values.map((value) => [value, verdict(value)]));
    this.#refusal(sql, [row[name] ?? null]);
    return verdicts;
  }

  /** The rows that the migrations stored. */
  existing(table: Table): Row[] {
    return this.#stored(table).map((row) =>
      Object.fromEntries([...row].map(([column, value]) => [column.name, value])),
    );
  }

  #write(table: Table, write: Write): string | null {
    return this.#refusal(
      writeText(table, write),
      sentValues(table, write).map(([, value]) => value),
    );
  }

  #refusal(sql: string, values: readonly Stored[]): string | null {
    try {
      this.database.query(sql).run(...values);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** The rows of the table, each column in one form for both engines. */
  rows(table: Table): ComparableRow[] {
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
    this.database.query("SAVEPOINT effect").run();
    try {
      return work();
    } finally {
      this.database.query("ROLLBACK TO effect").run();
      this.database.query("RELEASE effect").run();
    }
  }
}

function storedValue(value: unknown): Stored {
  if (typeof value === "string" || typeof value === "number" || value instanceof Uint8Array) return value;
  return typeof value === "bigint" ? value : null;
}
