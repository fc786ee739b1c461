import type { SqliteDatabase } from "../../runtime/sqlite/driver.ts";
import type { Column, Table } from "../types/catalog.ts";

const begin = "CHECK constraint failed: ";

/** True when SQLite says that a CHECK refused a value, and the CHECK names no other column: it may set the bounds of this one. */
export function isOwnCheck(
  database: SqliteDatabase,
  { name, columns }: Table,
  column: Column,
  refusal: string,
): boolean {
  if (!refusal.startsWith(begin)) return false;
  const said = refusal.slice(begin.length);
  const row = database.query<{ sql: string }>("SELECT sql FROM sqlite_schema WHERE name = ?").get(name);
  const words = new Set(
    withoutTexts(namedCheck(row?.sql ?? "", said) ?? said)
      .toLowerCase()
      .match(/\w+/g),
  );
  return ![...columns.keys()].some((other) => other !== column.name && words.has(other.toLowerCase()));
}

/** SQLite says the name of a CHECK that has one, and the text of any other. */
function namedCheck(sql: string, name: string): string | null {
  const code = withoutTexts(sql);
  const words = name.replace(/[^\w]/g, "\\$&");
  const found = new RegExp(`CONSTRAINT\\s+["\`[]?${words}["\`\\]]?\\s+CHECK\\s*\\(`, "i").exec(code);
  if (found === null) return null;
  const rest = code.slice(found.index + found[0].length);
  let depth = 1;
  const end = [...rest].findIndex((character) => {
    depth += character === "(" ? 1 : character === ")" ? -1 : 0;
    return depth === 0;
  });
  return rest.slice(0, end);
}

function withoutTexts(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'/g, "''");
}
