// Defaults that the engines compute from the clock. A default is tried at one moment, and two that agree now may differ on
// the 31st, in another year or in another time zone: only what is alike at every moment is compared by its value.
import type { Connection } from "mariadb";
import type { SqliteDatabase } from "../../../runtime/sqlite/driver.ts";
import type { Catalog, Column, Table } from "../../types/catalog.ts";

/** What a column holds by default, as SQL. */
interface Default {
  readonly table: string;
  readonly column: string;
  readonly text: string;
}

/** Defaults of the tables that are no moment of now, nor whole days, hours, minutes or seconds beside it. */
export async function clockDifferences(
  mariadb: { readonly connection: Connection; readonly database: string; readonly catalog: Catalog },
  sqlite: SqliteDatabase,
  tables: readonly Table[],
): Promise<string[]> {
  const defaults = [
    ...(await mariadbDefaults(mariadb)).map((one) => ({ ...one, engine: "MariaDB" })),
    ...sqliteDefaults(sqlite).map((one) => ({ ...one, engine: "SQLite" })),
  ];
  return tables.flatMap((table) =>
    [...table.columns.values()].flatMap((column) => {
      const wrong = defaults.find(
        (one) => one.table === table.name && one.column === column.name && !isAlike(one.text, column),
      );
      if (wrong === undefined) return [];
      return [
        `column ${table.name}.${column.name} by default is ${wrong.text} on ${wrong.engine}, which is tried today and may differ another day: write ${inPlaceOf(column)}, or set it in the program`,
      ];
    }),
  );
}

function inPlaceOf({ type }: Column): string {
  return type === "date" ? "CURRENT_DATE, with days added" : "CURRENT_TIMESTAMP, with days, hours or minutes added";
}

const clock =
  /\b(now|sysdate|curdate|curtime|current_(timestamp|date|time)|localtime(stamp)?|utc_(timestamp|date|time))\b|\b(date|time|datetime|julianday|unixepoch)\s*\(\s*\)|\bunix_timestamp\s*\(\s*\)/i;

/** Words that leave a moment what it is, or move it by the same time always. */
const moments =
  /^(now|current_timestamp|current_date|curdate|utc_timestamp|utc_date|date|datetime|timestamp|cast|as|interval|days?|start|of|date_add|date_sub|adddate|subdate|unixepoch|unix_timestamp|subsec)$/i;
const times = /^(hours?|minutes?|seconds?)$/i;
const whole = /'%Y-%m-%d([ T]%H:%M(:%S)?)?'|'%s'/g;

function isAlike(text: string, { type }: Column): boolean {
  // Of texts, only SQLite's 'now' is a moment.
  const code = text.replace(/'(?:[^']|'')*'/g, (one) => (/^'now'$/i.test(one) ? "now" : "''"));
  if (!clock.test(code)) return true;
  const words =
    text
      .replace(/\bstrftime\b/gi, "")
      .replace(whole, "")
      .match(/[a-z_]\w*|%\w/gi) ?? [];
  return words.every((word) => moments.test(word) || (type !== "date" && times.test(word)));
}

async function mariadbDefaults({
  connection,
  database,
}: {
  readonly connection: Connection;
  readonly database: string;
}): Promise<Default[]> {
  const rows = await connection.query<unknown[][]>(
    `SELECT table_name, column_name, column_default FROM information_schema.columns
     WHERE table_schema = ? AND column_default IS NOT NULL`,
    [database],
  );
  // A text is in quotes there.
  return rows
    .map(([table, column, text]) => ({ table: String(table), column: String(column), text: String(text) }))
    .filter(({ text }) => !/^'(?:[^']|'')*'$/.test(text));
}

function sqliteDefaults(database: SqliteDatabase): Default[] {
  return database
    .query<Default>(
      `SELECT tables.name AS "table", columns.name AS "column", columns.dflt_value AS text
       FROM sqlite_schema AS tables JOIN pragma_table_xinfo(tables.name) AS columns
       WHERE tables.type = 'table' AND columns.dflt_value IS NOT NULL`,
    )
    .all()
    .filter(({ text }) => !/^'(?:[^']|'')*'$/.test(text));
}
