// The provers: each engine with the project's schema, asked to prepare and describe one statement at a time.
// Both have the same role, so that `prove.ts` can compare their answers.
import { randomBytes } from "node:crypto";
import * as driver from "mariadb";
import type { MigrationStep } from "../../migrations/files.ts";
import { connectionConfig, type MariadbOptions } from "../../runtime/mariadb/open.ts";
import type { ValueType } from "../../runtime/proof.ts";
import type { Catalog } from "../types/catalog.ts";
import { mariadbCatalog } from "../types/mariadb-catalog.ts";
import { applyWatchingTypes, type TypeChange } from "../types/type-steps.ts";

/** MariaDB refuses a text; the message is the server's own. */
export class MariadbSqlError extends Error {
  override readonly name = "MariadbSqlError";
}

const notNullFlag = 1;
const binaryCharset = 63;

/** A result column as MariaDB describes it at PREPARE. */
export interface Described {
  readonly name: string;
  readonly type: ValueType | null;
  readonly declared: string;
  readonly scale: number;
  readonly notNull: boolean;
  /** MariaDB tells the driver that it is JSON: by its type, or as a CHECK of the column is `json_valid(..)`. */
  readonly json: boolean;
  /** Base table and column, or null for an expression. */
  readonly origin: { readonly table: string; readonly column: string } | null;
}

/** A database that nothing else uses, with a connection to it; gone once it is closed. */
export interface OwnDatabase {
  readonly connection: driver.Connection;
  readonly database: string;
  close(): Promise<void>;
}

/** A database with the migrations on a MariaDB server, which checks one statement at a time. */
export class MariadbProver {
  private constructor(
    private readonly server: Omit<MariadbOptions, "database">,
    private readonly connection: driver.Connection,
    readonly catalog: Catalog,
    readonly version: string,
    readonly database: string,
    /** The steps that changed the types of stored columns in a way that SQLite must follow. */
    readonly typeChanges: readonly TypeChange[],
  ) {}

  /** Creates a separate database, applies the migrations and reads the catalog. */
  static async open(
    server: Omit<MariadbOptions, "database">,
    migrations: readonly MigrationStep[],
  ): Promise<MariadbProver> {
    const { connection, database } = await emptyDatabase(server);
    try {
      const typeChanges = await applyWatchingTypes(connection, migrations, (step) =>
        applyStep(connection, step, database),
      );
      const rows: unknown[][] = await connection.query("SELECT VERSION()");
      const version = /^\d+\.\d+/.exec(String(rows[0]?.[0]))?.[0] ?? "unknown";
      const catalog = await mariadbCatalog(connection, database);
      return new MariadbProver(server, connection, catalog, version, database, typeChanges);
    } catch (error) {
      await connection.end();
      throw error;
    }
  }

  /** Throws `MariadbSqlError` when the server does not prepare the text. */
  async prepare(text: string): Promise<void> {
    const statement = await this.#prepared(text);
    statement.close();
  }

  /** How MariaDB describes the result columns of a text that it prepares. */
  async described(text: string): Promise<readonly Described[]> {
    const prepared = await this.#prepared(text);
    const columns = prepared.columns.map((column) => this.#described(column));
    prepared.close();
    return columns;
  }

  /** True when MariaDB prints the view as it prints a view of this text. */
  async isView(name: string, body: string): Promise<boolean> {
    const other = "sqlproof_view";
    await this.connection.query(`CREATE VIEW ${other} AS ${body}`);
    try {
      const rows: unknown[][] = await this.connection.query(
        "SELECT view_definition FROM information_schema.views WHERE table_schema = ? AND table_name IN (?, ?)",
        [this.database, name, other],
      );
      return rows.length === 2 && rows[0]?.[0] === rows[1]?.[0];
    } finally {
      await this.connection.query(`DROP VIEW ${other}`);
    }
  }

  /** The connection itself, for the comparison of the schemas. Nothing may be proven meanwhile. */
  get schema(): { readonly connection: driver.Connection; readonly database: string; readonly catalog: Catalog } {
    return { connection: this.connection, database: this.database, catalog: this.catalog };
  }

  /** Another database on the server, without tables, over a connection of its own. */
  async beside(): Promise<OwnDatabase> {
    const { connection, database } = await emptyDatabase(this.server);
    return {
      connection,
      database,
      async close() {
        await connection.query(`DROP DATABASE ${database}`);
        await connection.end();
      },
    };
  }

  async close(): Promise<void> {
    await this.connection.query(`DROP DATABASE ${this.database}`);
    await this.connection.end();
  }

  async #prepared(text: string): Promise<{ columns: driver.FieldInfo[]; close(): void }> {
    try {
      const prepared: unknown = await this.connection.prepare(text);
      if (!isPrepared(prepared)) throw new MariadbSqlError("the driver did not describe the statement");
      return prepared;
    } catch (error) {
      throw error instanceof MariadbSqlError ? error : new MariadbSqlError(messageOf(error, this.database));
    }
  }

  #described(column: driver.FieldInfo): Described {
    const table = column.orgTable();
    const declared = this.catalog.get(table)?.columns.get(column.orgName());
    const origin = column.db() === this.database && declared !== undefined ? { table, column: column.orgName() } : null;
    return {
      name: column.name(),
      type: origin !== null && declared?.type === "boolean" ? "boolean" : valueType(column),
      declared: origin === null ? String(column.type).toLowerCase() : (declared?.declared ?? ""),
      scale: column.scale,
      notNull: (Number(column.flags) & notNullFlag) !== 0,
      json: isJson(column),
      origin,
    };
  }
}

async function emptyDatabase(server: Omit<MariadbOptions, "database">): Promise<Omit<OwnDatabase, "close">> {
  const connection = await driver.createConnection(connectionConfig({ ...server, statementTimeoutMs: 60_000 }));
  const database = `sqlproof_${randomBytes(6).toString("hex")}`;
  try {
    await connection.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
    await connection.query(`USE ${database}`);
    return { connection, database };
  } catch (error) {
    await connection.end();
    throw error;
  }
}

function valueType(column: driver.FieldInfo): ValueType | null {
  switch (String(column.type)) {
    case "TINY":
    case "SHORT":
    case "INT24":
    case "INT":
      return "integer";
    case "BIGINT":
      return "bigint";
    case "DECIMAL":
    case "NEWDECIMAL":
      return "decimal";
    case "FLOAT":
    case "DOUBLE":
      return "double";
    case "DATETIME":
    case "TIMESTAMP":
      return "datetime";
    case "DATE":
      return "date";
    case "VARCHAR":
    case "VAR_STRING":
    case "STRING":
    case "ENUM":
    case "BLOB":
    case "TINY_BLOB":
    case "MEDIUM_BLOB":
    case "LONG_BLOB":
      return column.collation.index === binaryCharset ? "blob" : "text";
    default:
      return null;
  }
}

/** The types of the driver do not declare what it uses itself. */
function isJson(column: object): boolean {
  return (
    "isDataTypeFormatJson" in column &&
    typeof column.isDataTypeFormatJson === "function" &&
    column.isDataTypeFormatJson() === true
  );
}

function isPrepared(value: unknown): value is { columns: driver.FieldInfo[]; close(): void } {
  return (
    typeof value === "object" &&
    value !== null &&
    "columns" in value &&
    Array.isArray(value.columns) &&
    "close" in value
  );
}

async function applyStep(connection: driver.Connection, step: MigrationStep, database: string): Promise<void> {
  for (const { text, line } of step.statements) {
    try {
      await connection.query(text);
    } catch (error) {
      throw new MariadbSqlError(`${step.path}:${line}: ${messageOf(error, database)}`);
    }
  }
}

/** The server's message, without the name of the temporary database. */
function messageOf(error: unknown, database: string): string {
  const text = error instanceof Error ? error.message : String(error);
  if (!(error instanceof driver.SqlError)) return `MariaDB: ${text}`;
  return `MariaDB ${error.errno}: ${(error.sqlMessage ?? text).replaceAll(`${database}.`, "")}`;
}
