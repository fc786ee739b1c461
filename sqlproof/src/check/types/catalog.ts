// The schemas: what each engine's catalog says about tables and columns, and where the two differ.
// The logical types are the same for both engines.
import type { Database as SqliteDatabase } from "bun:sqlite";
import type { Connection } from "mariadb";
import type { ValueType } from "../../runtime/proof.ts";
import { type Limits, limitsOf, noLimits } from "./limits.ts";

/** A column as one engine declares it. SQLite's types have no limits: `limitsEnforced` says where its CHECKs set them. */
export interface Column extends Limits {
  readonly name: string;
  /** The type as the engine names it, e.g. `decimal(19,4)` or `INTEGER`. */
  readonly declared: string;
  /** Null when the type has no exact counterpart on the other engine. */
  readonly type: ValueType | null;
  readonly scale: number;
  readonly nullable: boolean;
  /** True when an INSERT may omit it, so also for generated columns and automatic keys. */
  readonly hasDefault: boolean;
  readonly generated: boolean;
  /** The engine numbers the rows and never reuses a number, not even after a delete. */
  readonly numbered: boolean;
  /** Null unless the column is text. */
  readonly collation: string | null;
}

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly table: string;
  readonly referenced: readonly string[];
}

export interface Table {
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly primaryKey: readonly string[];
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly foreignKeys: readonly ForeignKey[];
  /** SQLite only: STRICT tables refuse values of another type. */
  readonly strict: boolean;
}

/** The tables of one engine by name, without the migration runner's own `schema_migrations` tables. */
export type Catalog = ReadonlyMap<string, Table>;

/** The tables of this package's migration runner. */
const ownTables = /^schema_(migrations|lock)/;

const mariadbTypes: readonly (readonly [RegExp, ValueType])[] = [
  [/^tinyint\(1\)$/, "boolean"],
  [/^bigint(\(\d+\))?( unsigned)?$/, "bigint"],
  [/^(tiny|small|medium)?int(\(\d+\))?( unsigned)?$/, "integer"],
  [/^decimal\(\d+,\d+\)( unsigned)?$/, "decimal"],
  [/^(double|float)/, "double"],
  [/^(var)?char|^(tiny|medium|long)?text|^enum|^set/, "text"],
  [/^(tiny|medium|long)?blob|^(var)?binary/, "blob"],
  [/^datetime$|^timestamp$/, "datetime"],
  [/^date$/, "date"],
];

/** Reads the catalog of a MariaDB database. */
export async function mariadbCatalog(connection: Connection, database: string): Promise<Catalog> {
  const read = async (sql: string): Promise<Record<string, unknown>[]> =>
    connection.query<Record<string, unknown>[]>({ sql, rowsAsArray: false }, [database]);
  const columns = await read(
    `SELECT table_name AS t, column_name AS c, column_type AS declared, numeric_scale AS scale, is_nullable AS nullable,
       column_default AS preset, extra, collation_name AS collation, is_generated AS generated
     FROM information_schema.columns WHERE table_schema = ? ORDER BY table_name, ordinal_position`,
  );
  const keys = await read(
    `SELECT table_name AS t, index_name AS k, column_name AS c, non_unique AS many
     FROM information_schema.statistics WHERE table_schema = ? ORDER BY table_name, index_name, seq_in_index`,
  );
  const foreign = await read(
    `SELECT table_name AS t, constraint_name AS k, column_name AS c, referenced_table_name AS rt, referenced_column_name AS rc
     FROM information_schema.key_column_usage
     WHERE table_schema = ? AND referenced_table_name IS NOT NULL ORDER BY table_name, constraint_name, ordinal_position`,
  );
  const catalog = new Map<string, Table>();
  for (const [name, rows] of grouped(columns, "t")) {
    if (ownTables.test(name)) continue;
    const indexes = grouped(
      keys.filter((row) => row.t === name && Number(row.many) === 0),
      "k",
    );
    catalog.set(name, {
      name,
      columns: new Map(rows.map((row) => [String(row.c), mariadbColumn(row)])),
      primaryKey: (indexes.get("PRIMARY") ?? []).map((row) => String(row.c)),
      uniqueKeys: [...indexes].flatMap(([key, parts]) =>
        key === "PRIMARY" ? [] : [parts.map((row) => String(row.c))],
      ),
      foreignKeys: [
        ...grouped(
          foreign.filter((row) => row.t === name),
          "k",
        ).values(),
      ].map(foreignKey),
      strict: true,
    });
  }
  return catalog;
}

function foreignKey(rows: readonly Record<string, unknown>[]): ForeignKey {
  return {
    columns: rows.map((row) => String(row.c)),
    table: String(rows[0]?.rt),
    referenced: rows.map((row) => String(row.rc)),
  };
}

function mariadbColumn(row: Record<string, unknown>): Column {
  const declared = String(row.declared);
  const generated = row.generated === "ALWAYS";
  const numbered = String(row.extra).includes("auto_increment");
  return {
    ...limitsOf(declared),
    name: String(row.c),
    declared,
    type: mariadbTypes.find(([pattern]) => pattern.test(declared))?.[1] ?? null,
    scale: declared.startsWith("decimal") ? Number(row.scale) : 0,
    nullable: row.nullable === "YES",
    hasDefault: generated || numbered || row.preset !== null || row.nullable === "YES",
    generated,
    numbered,
    collation: row.collation === null ? null : String(row.collation),
  };
}

/** Reads the catalog of a SQLite database. Its types are storage classes; the logical types are MariaDB's. */
export function sqliteCatalog(database: SqliteDatabase): Catalog {
  const tables = rowsOf(
    database,
    "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
  );
  const catalog = new Map<string, Table>();
  for (const table of tables) {
    const name = String(table.name);
    if (ownTables.test(name)) continue;
    const ddl = String(
      rowsOf(database, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", name)[0]?.sql,
    );
    const info = rowsOf(database, "SELECT * FROM pragma_table_xinfo(?) WHERE hidden <> 1", name);
    const primaryKey = info.filter((row) => Number(row.pk) > 0).sort((a, b) => Number(a.pk) - Number(b.pk));
    const rowid = primaryKey.length === 1 && String(primaryKey[0]?.type).toUpperCase() === "INTEGER";
    catalog.set(name, {
      name,
      columns: new Map(info.map((row) => [String(row.name), sqliteColumn(row, rowid, ddl)])),
      primaryKey: primaryKey.map((row) => String(row.name)),
      uniqueKeys: uniqueKeys(database, name),
      foreignKeys: sqliteForeignKeys(database, name),
      strict: Number(table.strict) === 1,
    });
  }
  return catalog;
}

function sqliteColumn(row: Record<string, unknown>, rowid: boolean, ddl: string): Column {
  const declared = String(row.type).toUpperCase();
  const name = String(row.name);
  const primary = Number(row.pk) > 0;
  const generated = Number(row.hidden) > 1;
  const nullable = Number(row.notnull) === 0 && !primary;
  return {
    ...noLimits,
    name,
    declared,
    type: null,
    scale: 0,
    nullable,
    hasDefault: generated || nullable || row.dflt_value !== null || (primary && rowid),
    generated,
    numbered: primary && rowid && /\bAUTOINCREMENT\b/i.test(ddl),
    collation: declared === "TEXT" ? sqliteCollation(ddl, name) : null,
  };
}

/** No pragma reports a column's collation, so it is read from the table's own DDL. */
function sqliteCollation(ddl: string, column: string): string {
  const line = new RegExp(`^\\s*["\`]?${column}["\`]?\\s+TEXT\\b[^\\n]*?\\bCOLLATE\\s+(\\w+)`, "im").exec(ddl);
  return line?.[1]?.toUpperCase() ?? "BINARY";
}

function uniqueKeys(database: SqliteDatabase, table: string): string[][] {
  return rowsOf(database, "SELECT * FROM pragma_index_list(?)", table)
    .filter((index) => Number(index.unique) === 1 && index.origin !== "pk" && Number(index.partial) === 0)
    .map((index) =>
      rowsOf(database, "SELECT name FROM pragma_index_info(?) ORDER BY seqno", String(index.name)).map((row) =>
        String(row.name),
      ),
    );
}

function sqliteForeignKeys(database: SqliteDatabase, table: string): ForeignKey[] {
  const rows = rowsOf(
    database,
    `SELECT id AS k, "from" AS c, "table" AS rt, "to" AS rc FROM pragma_foreign_key_list(?) ORDER BY id, seq`,
    table,
  );
  return [...grouped(rows, "k").values()].map(foreignKey);
}

function rowsOf(database: SqliteDatabase, sql: string, ...values: string[]): Record<string, unknown>[] {
  return database.query<Record<string, unknown>, string[]>(sql).all(...values);
}

function grouped(rows: readonly Record<string, unknown>[], key: string): Map<string, Record<string, unknown>[]> {
  const groups = new Map<string, Record<string, unknown>[]>();
  for (const row of rows) {
    const name = String(row[key]);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}
