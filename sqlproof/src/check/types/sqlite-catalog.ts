import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import {
  type Catalog,
  type Column,
  type ForeignKey,
  grouped,
  ownTables,
  type PartialKey,
  referenceAction,
  type Table,
} from "./catalog.ts";
import { noLimits } from "./limits.ts";
import { sqliteTrigger, type Trigger } from "./triggers.ts";

type Row = Record<string, unknown>;

/** Reads the catalog of a SQLite database. Its types are storage classes; the logical types are MariaDB's. */
export function sqliteCatalog(database: SqliteDatabase): Catalog {
  const tables = rowsOf(
    database,
    `SELECT name, strict, type, wr FROM pragma_table_list
     WHERE schema = 'main' AND type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name`,
  );
  const names = tables.map(({ name }) => String(name));
  const catalog = new Map<string, Table>();
  for (const { name: text, strict, type, wr } of tables) {
    const name = String(text);
    if (ownTables.test(name)) continue;
    const info = rowsOf(database, "SELECT * FROM pragma_table_xinfo(?) WHERE hidden <> 1", name);
    const primaryKey = info.filter((row) => Number(row.pk) > 0).sort((a, b) => Number(a.pk) - Number(b.pk));
    const rowid =
      primaryKey.length === 1 && String(primaryKey[0]?.type).toUpperCase() === "INTEGER" && Number(wr) === 0;
    const collations = textCollations(database, name, info);
    const { numbers, defers } = type === "view" ? noInsert : insertOf(database, name);
    const numbering = rowid && numbers;
    catalog.set(name, {
      name,
      columns: new Map(
        info.map((row) => {
          // In any other table, a primary key takes NULL, too.
          const refusesNull = rowid || Number(strict) === 1 || Number(wr) === 1;
          const column = sqliteColumn(row, { rowid, numbering, refusesNull });
          return [column.name, { ...column, collation: collations.get(column.name) ?? null }];
        }),
      ),
      primaryKey: primaryKey.map((row) => String(row.name)),
      ...sqliteKeys(database, name),
      foreignKeys: sqliteForeignKeys(database, name),
      triggers: sqliteTriggers(database, name, names),
      defersReferences: defers,
      engine: null,
      strict: Number(strict) === 1,
      view: type === "view",
      reads: [],
    });
  }
  return catalog;
}

const noInsert = { numbers: false, defers: false };

/**
 * What SQLite does in an INSERT, which no pragma reports. It shows its own program: NewRowid reads the largest number
 * that was ever given only with AUTOINCREMENT, and FkCounter counts for the whole transaction only what is deferred.
 */
function insertOf(database: SqliteDatabase, table: string): typeof noInsert {
  // Kept open, such a statement would stand in the way of a COMMIT.
  const explaining = database.prepare<Row>(`EXPLAIN INSERT INTO ${quoted(table)} DEFAULT VALUES`);
  const program = explaining.all();
  explaining.finalize();
  // The programs of triggers follow, and each begins at 0.
  const end = program.findIndex(({ addr }, index) => index > 0 && Number(addr) === 0);
  const own = program.slice(0, end === -1 ? undefined : end);
  return {
    numbers: own.some(({ opcode, p3 }) => opcode === "NewRowid" && Number(p3) > 0),
    defers: own.some(({ opcode, p1, p2 }) => opcode === "FkCounter" && Number(p1) !== 0 && Number(p2) > 0),
  };
}

function sqliteColumn(
  row: Row,
  {
    rowid,
    numbering,
    refusesNull,
  }: { readonly rowid: boolean; readonly numbering: boolean; readonly refusesNull: boolean },
): Omit<Column, "collation"> {
  const declared = String(row.type).toUpperCase();
  const primary = Number(row.pk) > 0;
  const generated = Number(row.hidden) > 1;
  const nullable = Number(row.notnull) === 0 && !(primary && refusesNull);
  return {
    ...noLimits,
    name: String(row.name),
    declared,
    type: null,
    scale: 0,
    nullable,
    hasDefault: generated || nullable || row.dflt_value !== null || (primary && rowid),
    filled: generated || (row.dflt_value !== null && String(row.dflt_value).toUpperCase() !== "NULL"),
    generated,
    numbered: primary && numbering,
    invisible: false,
  };
}

/**
 * The collations of the table's texts by column. No pragma reports them, so SQLite is asked what it takes for equal: a
 * compound SELECT compares by the collation of its first part, here the column itself.
 */
function textCollations(database: SqliteDatabase, table: string, info: readonly Row[]): Map<string, string> {
  const names = info.filter((row) => String(row.type).toUpperCase() === "TEXT").map((row) => String(row.name));
  return new Map(names.map((name) => [name, collationOf(database, table, name)]));
}

function collationOf(database: SqliteDatabase, table: string, column: string): string {
  const place = `(SELECT ${quoted(column)} AS v FROM ${quoted(table)} WHERE 0 UNION ALL`;
  try {
    const [row] = rowsOf(
      database,
      `SELECT (SELECT COUNT(DISTINCT v) FROM ${place} SELECT 'a' UNION ALL SELECT 'A')) AS cases,
         (SELECT COUNT(DISTINCT v) FROM ${place} SELECT 'a' UNION ALL SELECT 'a ')) AS spaces`,
    );
    if (Number(row?.cases) === 1) return "NOCASE";
    return Number(row?.spaces) === 1 ? "RTRIM" : "BINARY";
  } catch (error) {
    const name = /no such collation sequence: (.+)/.exec(String(error))?.[1];
    if (name === undefined) throw error;
    return name;
  }
}

function sqliteKeys(database: SqliteDatabase, table: string): Pick<Table, "uniqueKeys" | "partialKeys"> {
  const uniqueKeys: string[][] = [];
  const partialKeys: PartialKey[] = [];
  for (const { name, origin, unique, partial } of rowsOf(database, "SELECT * FROM pragma_index_list(?)", table)) {
    if (Number(unique) === 0) continue;
    const parts = rowsOf(database, "SELECT * FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno", String(name));
    const columns = parts.flatMap((part) => (part.name === null ? [] : [String(part.name)]));
    const compared = parts.map(({ name: part, coll }) => {
      if (part === null) return "an expression";
      return coll === "BINARY" ? String(part) : `${part} COLLATE ${coll}`;
    });
    if (Number(partial) === 1) partialKeys.push({ columns, compares: `${compared.join(" and ")} of some rows` });
    else if (parts.some(({ name: part, coll }) => part === null || coll !== "BINARY"))
      partialKeys.push({ columns, compares: compared.join(" and ") });
    else if (origin !== "pk") uniqueKeys.push(columns);
  }
  return { uniqueKeys, partialKeys };
}

function sqliteForeignKeys(database: SqliteDatabase, table: string): ForeignKey[] {
  const rows = rowsOf(
    database,
    `SELECT id AS k, "from" AS c, "table" AS rt, "to" AS rc, on_delete AS deleted, on_update AS updated
     FROM pragma_foreign_key_list(?) ORDER BY id, seq`,
    table,
  );
  return [...grouped(rows, "k").values()].map((parts) => {
    const parent = String(parts[0]?.rt);
    // REFERENCES without columns means the parent's primary key.
    const primaryKey = "SELECT name FROM pragma_table_xinfo(?) WHERE pk > 0 ORDER BY pk";
    const named = parts.every((row) => row.rc !== null);
    return {
      columns: parts.map((row) => String(row.c)),
      table: parent,
      referenced: named
        ? parts.map((row) => String(row.rc))
        : rowsOf(database, primaryKey, parent).map((row) => String(row.name)),
      onDelete: referenceAction(parts[0]?.deleted),
      onUpdate: referenceAction(parts[0]?.updated),
    };
  });
}

function sqliteTriggers(database: SqliteDatabase, table: string, tables: readonly string[]): Trigger[] {
  const triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE";
  return rowsOf(database, `${triggers} ORDER BY name`, table).map(({ name, sql }) =>
    sqliteTrigger(String(name), String(sql), tables),
  );
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function rowsOf(database: SqliteDatabase, sql: string, ...values: string[]): Row[] {
  return database.query<Row>(sql).all(...values);
}
