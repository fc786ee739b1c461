import type { Connection } from "mariadb";
import type { ValueType } from "../../runtime/proof.ts";
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
import { limitsOf } from "./limits.ts";
import { mariadbTrigger } from "./triggers.ts";

type Row = Record<string, unknown>;

const mariadbTypes: readonly (readonly [RegExp, ValueType])[] = [
  [/^tinyint\(1\)$/, "boolean"],
  [/^bigint(\(\d+\))?( unsigned)?$/, "bigint"],
  [/^(tiny|small|medium)?int(\(\d+\))?( unsigned)?$/, "integer"],
  [/^decimal\(\d+,\d+\)( unsigned)?$/, "decimal"],
  [/^double( unsigned)?$/, "double"],
  [/^(var)?char|^(tiny|medium|long)?text|^enum|^set/, "text"],
  [/^(tiny|medium|long)?blob|^(var)?binary/, "blob"],
  [/^datetime$|^timestamp$/, "datetime"],
  [/^date$/, "date"],
];

/** What only SQLite's tables can be otherwise. */
const ofSqlite = { defersReferences: false, strict: true } as const;

/** Reads the catalog of a MariaDB database. */
export async function mariadbCatalog(connection: Connection, database: string): Promise<Catalog> {
  const read = async (sql: string): Promise<Row[]> => connection.query<Row[]>({ sql, rowsAsArray: false }, [database]);
  const [columns, keys, foreign, views, checks, engines, triggers, parted] = await Promise.all([
    read(
      `SELECT table_name AS t, column_name AS c, column_type AS declared, numeric_scale AS scale, is_nullable AS nullable,
         column_default AS preset, extra, collation_name AS collation, is_generated AS generated,
         generation_expression AS expression
       FROM information_schema.columns WHERE table_schema = ? ORDER BY table_name, ordinal_position`,
    ),
    read(
      `SELECT table_name AS t, index_name AS k, column_name AS c, sub_part AS part
       FROM information_schema.statistics
       WHERE table_schema = ? AND non_unique = 0 ORDER BY table_name, index_name, seq_in_index`,
    ),
    read(
      `SELECT u.table_name AS t, u.constraint_name AS k, u.column_name AS c, u.referenced_table_name AS rt,
         u.referenced_column_name AS rc, r.delete_rule AS deleted, r.update_rule AS updated
       FROM information_schema.key_column_usage AS u JOIN information_schema.referential_constraints AS r
         ON r.constraint_schema = u.constraint_schema AND r.table_name = u.table_name
           AND r.constraint_name = u.constraint_name
       WHERE u.table_schema = ? AND u.referenced_table_name IS NOT NULL
       ORDER BY u.table_name, u.constraint_name, u.ordinal_position`,
    ),
    read("SELECT table_name AS t, view_definition AS d FROM information_schema.views WHERE table_schema = ?"),
    read(
      "SELECT table_name AS t, check_clause AS d FROM information_schema.check_constraints WHERE constraint_schema = ?",
    ),
    read("SELECT table_name AS t, engine AS e FROM information_schema.tables WHERE table_schema = ?"),
    read(
      `SELECT event_object_table AS t, trigger_name AS name, event_manipulation AS event, action_timing AS timing,
         action_statement AS body
       FROM information_schema.triggers WHERE trigger_schema = ? ORDER BY trigger_name`,
    ),
    partedTables(connection, database),
  ]);
  const keysOf = grouped(keys, "t");
  const foreignOf = grouped(foreign, "t");
  const triggersOf = grouped(triggers, "t");
  const definitions = new Map(views.map((row) => [String(row.t), String(row.d)]));
  const engineOf = new Map(engines.map((row) => [String(row.t), row.e === null ? null : String(row.e)]));
  const clauses = grouped(checks, "t");
  const catalog = new Map<string, Table>();
  const tables = grouped(columns, "t");
  for (const [name, rows] of tables) {
    if (ownTables.test(name)) continue;
    catalog.set(name, {
      name,
      columns: new Map(rows.map((row) => [String(row.c), mariadbColumn(row, rows, clauses.get(name) ?? [])])),
      ...mariadbKeys(grouped(keysOf.get(name) ?? [], "k")),
      foreignKeys: [...grouped(foreignOf.get(name) ?? [], "k").values()].map(mariadbForeignKey),
      triggers: (triggersOf.get(name) ?? []).map((row) => mariadbTrigger(row, [...tables.keys()])),
      engine: engineOf.get(name) ?? null,
      ...parted.get(name),
      ...ofSqlite,
      view: definitions.has(name),
      reads: [...tables.keys()].filter((other) => isNamed(other, definitions.get(name) ?? "")),
    });
  }
  return catalog;
}

/** The tables whose partitions are for some values only, none for all others. */
async function partedTables(
  connection: Connection,
  database: string,
): Promise<ReadonlyMap<string, Pick<Table, "partedBy">>> {
  const read = async (sql: string, values: readonly string[]): Promise<Row[]> =>
    connection.query<Row[]>({ sql, rowsAsArray: false }, [...values]);
  const rows = await read(
    `SELECT DISTINCT table_name AS t, partition_method AS method FROM information_schema.partitions
     WHERE table_schema = ? AND partition_method REGEXP '^(RANGE|LIST)'`,
    [database],
  );
  const found = new Map<string, Pick<Table, "partedBy">>();
  for (const { t, method } of rows) {
    const name = String(t).replaceAll("`", "``");
    // Of the partition DEFAULT, information_schema gives 0 as the description.
    const [created] = await read(`SHOW CREATE TABLE \`${database}\`.\`${name}\``, []);
    const parts =
      String(created?.["Create Table"])
        .split(/\sPARTITION BY\s/)
        .at(-1) ?? "";
    if (!/\b(MAXVALUE|DEFAULT ENGINE)\b/.test(parts)) found.set(String(t), { partedBy: String(method) });
  }
  return found;
}

/** MariaDB quotes every name in the text of a view. A column of that name counts, too. */
function isNamed(table: string, definition: string): boolean {
  return definition.includes(`\`${table.replaceAll("`", "``")}\``);
}

function mariadbKeys(
  indexes: ReadonlyMap<string, readonly Row[]>,
): Pick<Table, "primaryKey" | "uniqueKeys" | "partialKeys"> {
  const columnsOf = (parts: readonly Row[]): string[] => parts.map((row) => String(row.c));
  const isWhole = (parts: readonly Row[]): boolean => parts.every((row) => row.part === null);
  const unique = [...indexes].flatMap(([name, parts]) => (name === "PRIMARY" ? [] : [parts]));
  return {
    primaryKey: columnsOf(indexes.get("PRIMARY") ?? []),
    uniqueKeys: unique.filter(isWhole).map(columnsOf),
    partialKeys: [...indexes.values()]
      .filter((parts) => !isWhole(parts))
      .map((parts): PartialKey => ({ columns: columnsOf(parts), compares: parts.map(prefix).join(" and ") })),
  };
}

function prefix({ c, part }: Row): string {
  return part === null ? String(c) : `the first ${part} characters of ${c}`;
}

function mariadbForeignKey(rows: readonly Row[]): ForeignKey {
  return {
    columns: rows.map((row) => String(row.c)),
    table: String(rows[0]?.rt),
    referenced: rows.map((row) => String(row.rc)),
    onDelete: referenceAction(rows[0]?.deleted),
    onUpdate: referenceAction(rows[0]?.updated),
  };
}

function mariadbColumn(row: Row, others: readonly Row[], checks: readonly Row[]): Column {
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
    // Of a column that may be NULL and has no default, information_schema says "NULL".
    filled: generated || (row.preset !== null && row.preset !== "NULL"),
    generated,
    ...(generated ? { from: others.map(({ c }) => String(c)).filter((name) => isQuoted(name, row.expression)) } : {}),
    numbered,
    invisible: /\binvisible\b/i.test(String(row.extra)),
    collation: row.collation === null ? null : String(row.collation),
    ...(checks.some(({ d }) => isJson(String(d), String(row.c))) ? { json: true } : {}),
  };
}

/** The session's mode decides how MariaDB quotes a name. */
const quotes = ['"', "`"];

function isJson(clause: string, column: string): boolean {
  return quotes.some((quote) => clause.includes(`json_valid(${quote}${column}${quote})`));
}

/** MariaDB quotes every name in an expression. A text that looks like one counts, too. */
function isQuoted(column: string, expression: unknown): boolean {
  return quotes.some((quote) =>
    String(expression).includes(`${quote}${column.replaceAll(quote, quote + quote)}${quote}`),
  );
}
