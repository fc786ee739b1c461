import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import type { Catalog } from "./catalog.ts";
import type { DeclaredPlaces } from "./declared-places.ts";

/** Tables whose columns hold what they do not declare, so that no type says what is read. */
export function sqliteProblems(catalog: Catalog): string[] {
  return [...catalog.values()].flatMap(({ name, strict, view }) =>
    strict || view
      ? []
      : [
          `table ${name} is not STRICT: SQLite stores values of other types than its columns declare; write STRICT behind the last bracket`,
        ],
  );
}

const clauses = /\b(?:RAISE\s*\(|ON\s+CONFLICT|(?:INSERT|UPDATE)\s+OR)\s*(ROLLBACK|FAIL)\b/i;

/** Failures of SQLite that undo more or less than their statement. MariaDB has none, and no row can be tried with some. */
export function failureFaults(database: SqliteDatabase, places: DeclaredPlaces): string[] {
  const declared = database.query<{ type: string; name: string; tbl_name: string; sql: string }>(
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type IN ('table', 'trigger') AND sql IS NOT NULL",
  );
  return declared.all().flatMap(({ type, name, tbl_name: table, sql }) => {
    const [, word] = clauses.exec(sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, "")) ?? [];
    if (word === undefined) return [];
    const what = type === "trigger" ? `trigger ${name} of ${table}` : `table ${table}`;
    const does =
      word.toUpperCase() === "FAIL" ? "keeps what a failed statement has written" : "ends the whole transaction";
    return [
      `${at(places, table)}SQLite: ${what} ${does} by ${word.toUpperCase()}, which MariaDB has not: write ABORT, which undoes the statement`,
    ];
  });
}

/** What SQLite says of a reference only when a row is written. Null for any other error. */
export function referenceFault(error: unknown, places: DeclaredPlaces): string | null {
  const found = /foreign key mismatch - "(.+)" referencing "(.+)"/.exec(String(error));
  if (found === null) return null;
  const [, child = "", parent = ""] = found;
  return `${at(places, child)}SQLite: a foreign key of ${child} refers to columns of ${parent} that are neither its primary key nor a UNIQUE key: add UNIQUE (..) to ${parent}`;
}

function at(places: DeclaredPlaces, table: string): string {
  const place = places.table(table);
  return place === null ? "" : `${place}: `;
}
