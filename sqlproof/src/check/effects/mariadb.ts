import type { Connection } from "mariadb";
import type { Table } from "../types/catalog.ts";
import type { NewNumbers } from "./new-numbers.ts";
import {
  type ComparableRow,
  emptying,
  type Outcome,
  type Probe,
  quoted,
  readText,
  sentValues,
  type Write,
  writeText,
} from "./probe.ts";
import { comparable, forMariadb } from "./values.ts";

/** MariaDB inside one transaction that is rolled back. Statements are sent without waiting for the previous one. */
export class ProbedMariadb {
  constructor(
    private readonly connection: Connection,
    private readonly database: string,
  ) {}

  /** Begins at the first numbers again, which no rollback does. Nothing of the transaction is kept. */
  async begin(numbers: readonly NewNumbers[]): Promise<void> {
    if (numbers.length === 0) return;
    await this.connection.query("ROLLBACK");
    for (const { table, first } of numbers)
      await this.connection.query(`ALTER TABLE ${quoted(table.name)} AUTO_INCREMENT = ${first}`);
    await this.connection.query("START TRANSACTION");
  }

  /** Sends everything before it waits, so that probes that are begun one after another do not mix. */
  async run({ table, writes, others }: Probe): Promise<Outcome> {
    const begun = [this.connection.query("SAVEPOINT effect"), this.#refusal(emptying(table), [])];
    const done = writes.map((write) => {
      const { on = table } = write;
      return { refusal: this.#write(on, write), rows: write.read ? this.rows(on) : [] };
    });
    const read = others.map(async (other) => [other.name, await this.rows(other)] as const);
    const ended = this.connection.query("ROLLBACK TO SAVEPOINT effect");
    await Promise.all(begun);
    const refusals = await Promise.all(done.map(({ refusal }) => refusal));
    const rows = await Promise.all(done.map((write) => write.rows));
    const content = new Map(await Promise.all(read));
    await ended;
    return { refusals, rows, others: content };
  }

  async #write(table: Table, write: Write): Promise<string | null> {
    if (write.kind === "read") return null;
    const sent = sentValues(table, write).map(([column, value]) =>
      column === undefined ? value : forMariadb(column, value),
    );
    return this.#refusal(writeText(table, write), sent);
  }

  async #refusal(sql: string, values: readonly unknown[]): Promise<string | null> {
    try {
      await this.connection.query(sql, [...values]);
      return null;
    } catch (error) {
      const said = error instanceof Error && "sqlMessage" in error ? String(error.sqlMessage) : String(error);
      return said.replaceAll(`\`${this.database}\`.`, "");
    }
  }

  /** The rows of the table, each column in one form for both engines. */
  async rows(table: Table): Promise<ComparableRow[]> {
    const columns = [...table.columns.values()];
    const rows = await this.connection.query<unknown[][]>(readText(table));
    return rows.map((row) => new Map(columns.map((column, index) => [column.name, comparable(column, row[index])])));
  }
}
