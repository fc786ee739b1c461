// The provers: each engine with the project's schema, asked to prepare and describe one statement at a time.
// Both have the same role, so that `prove.ts` can compare their answers.
import { randomBytes } from "node:crypto";
import * as driver from "mariadb";
import type { MigrationStep } from "../../migrations/files.ts";
import { connectionConfig, type MariadbOptions } from "../../runtime/mariadb/open.ts";
import type { ColumnProof, ValueType } from "../../runtime/proof.ts";
import { readStatement, rewrite, type Statement } from "../parse/statement.ts";
import { isSymbol, isWord } from "../parse/tokenize.ts";
import type { Catalog } from "../types/catalog.ts";
import { mariadbCatalog } from "../types/mariadb-catalog.ts";
import { applyWatchingScales, type ScaleChange } from "../types/scale-steps.ts";

/** MariaDB refuses a text; the message is the server's own. */
export class MariadbSqlError extends Error {
  override readonly name = "MariadbSqlError";
}

const notNullFlag = 1;
const binaryCharset = 63;

/** A result column as MariaDB describes it at PREPARE. */
interface Described {
  readonly name: string;
  readonly type: ValueType | null;
  readonly declared: string;
  readonly scale: number;
  readonly notNull: boolean;
  /** Base table and column, or null for an expression. */
  readonly origin: { readonly table: string; readonly column: string } | null;
}

/** A database with the migrations on a MariaDB server, which checks one statement at a time. */
export class MariadbProver {
  private constructor(
    private readonly connection: driver.Connection,
    readonly catalog: Catalog,
    readonly version: string,
    readonly database: string,
    /** The steps that changed the scale of stored decimals. */
    readonly scaleChanges: readonly ScaleChange[],
  ) {}

  /** Creates a separate database, applies the migrations and reads the catalog. */
  static async open(
    server: Omit<MariadbOptions, "database">,
    migrations: readonly MigrationStep[],
  ): Promise<MariadbProver> {
    const connection = await driver.createConnection(connectionConfig({ ...server, statementTimeoutMs: 60_000 }));
    const database = `sqlproof_${randomBytes(6).toString("hex")}`;
    try {
      await connection.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
      await connection.query(`USE ${database}`);
      const scaleChanges = await applyWatchingScales(connection, migrations, (step) =>
        applyStep(connection, step, database),
      );
      await connection.query("SET optimizer_trace = 'enabled=on', optimizer_trace_max_mem_size = 16777216");
      const rows: unknown[][] = await connection.query("SELECT VERSION()");
      const version = /^\d+\.\d+/.exec(String(rows[0]?.[0]))?.[0] ?? "unknown";
      const catalog = await mariadbCatalog(connection, database);
      return new MariadbProver(connection, catalog, version, database, scaleChanges);
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

  /** The statement as MariaDB prints it back with every column resolved: the optimizer's trace and EXPLAIN's note. */
  async canonical(statement: Statement): Promise<string[]> {
    const text = rewrite(withoutReturning(statement), "mariadb", (parameter) => `@${parameter.name}`);
    // LIMIT accepts no variable, and its type is known anyway.
    const explained = text.replace(/\b(LIMIT|OFFSET)(\s+)@\w+/gi, "$1$21");
    const asked = `EXPLAIN EXTENDED ${explained}`;
    await this.#query(asked);
    const warnings = await this.#query("SHOW WARNINGS");
    // An INSERT .. VALUES leaves no trace, so the previous statement's trace would be read instead.
    const found = await this.#query("SELECT trace, query FROM information_schema.optimizer_trace");
    const traces = found.filter(([, query]) => String(query).trimEnd() === asked.trimEnd());
    const notes = warnings.filter((row) => Number(row[1]) === 1003).map((row) => String(row[2]));
    const traced = [...String(traces[0]?.[0]).matchAll(/"expanded_query": "((?:[^"\\]|\\.)*)"/g)].map((match) =>
      unescaped(match[1] ?? ""),
    );
    // The note is printed after optimization, which drops the conditions of a SELECT on empty tables.
    return statement.kind === "select" ? traced : [...notes, ...traced];
  }

  /** The result columns. INSERT and DELETE report theirs only when executed, so their list is prepared as a SELECT. */
  async columns(statement: Statement): Promise<ColumnProof[]> {
    const text = statement.returning === -1 ? rewrite(statement, "mariadb", () => "?") : returningAsSelect(statement);
    const prepared = await this.#prepared(text);
    const columns = prepared.columns.map((column) => this.#described(column));
    prepared.close();
    return columns.map((column) => this.#proof(column, readShape(statement)));
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

  async #query(text: string): Promise<unknown[][]> {
    try {
      return await this.connection.query<unknown[][]>(text);
    } catch (error) {
      throw new MariadbSqlError(messageOf(error, this.database));
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
      origin,
    };
  }

  #proof(column: Described, shape: Shape): ColumnProof {
    const override = /^(.+?)([!?])?(?:: (boolean))?$/.exec(column.name);
    const name = override?.[1] ?? column.name;
    const type = override?.[3] === "boolean" ? this.#asBoolean(name, column) : column.type;
    if (column.declared === "null")
      throw new MariadbSqlError(`column ${name} has no type: a bare parameter or NULL cannot be selected`);
    if (type === null)
      throw new MariadbSqlError(`column ${name} is ${column.declared}, which has no exact counterpart on SQLite`);
    if (column.type === "datetime" && column.scale > 0)
      throw new MariadbSqlError(`column ${name} has fractions of a second, which are not portable`);
    const nullable = override?.[2] === undefined ? !trusted(column, shape) : override[2] === "?";
    return { name, type, scale: type === "decimal" ? column.scale : 0, nullable };
  }

  /** `AS "paid: boolean"`: MariaDB does not distinguish a comparison from a number, so the author does. */
  #asBoolean(name: string, column: Described): ValueType {
    if (column.type === "integer" || column.type === "bigint" || column.type === "boolean") return "boolean";
    throw new MariadbSqlError(`column ${name} is ${column.declared} and cannot be read as a boolean`);
  }
}

/** What decides whether MariaDB's NOT_NULL flag can be trusted. */
interface Shape {
  readonly rollup: boolean;
  readonly outerJoin: boolean;
  readonly derived: boolean;
}

function readShape({ tokens }: Statement): Shape {
  return {
    rollup: tokens.some((token) => isWord(token, "ROLLUP")),
    outerJoin: tokens.some((token) => isWord(token, "LEFT") || isWord(token, "RIGHT")),
    derived: tokens.some(
      (token, index) =>
        isWord(token, "WITH") ||
        (isSymbol(token, "(") &&
          isWord(tokens[index + 1], "SELECT") &&
          (isWord(tokens[index - 1], "FROM") || isWord(tokens[index - 1], "JOIN") || isSymbol(tokens[index - 1], ","))),
    ),
  };
}

/**
 * MariaDB reports NOT_NULL wrongly for ROLLUP group columns, and for expressions of a derived table on the outer
 * side of a join; there the column counts as nullable.
 */
function trusted(column: Described, shape: Shape): boolean {
  if (!column.notNull || shape.rollup) return false;
  return column.origin !== null || !(shape.outerJoin && shape.derived);
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

function withoutReturning(statement: Statement): Statement {
  const token = statement.tokens[statement.returning];
  return token === undefined ? statement : readStatement(statement.sql.slice(0, token.offset));
}

function returningAsSelect(statement: Statement): string {
  const token = statement.tokens[statement.returning];
  const list = statement.sql.slice((token?.offset ?? 0) + "RETURNING".length);
  const select = readStatement(`SELECT ${list} FROM ${statement.target}`);
  return rewrite(select, "mariadb", () => "?");
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

function unescaped(text: string): string {
  return text.replace(/\\(["\\/nt])/g, (_, character: string) =>
    character === "n" ? "\n" : character === "t" ? "\t" : character,
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
