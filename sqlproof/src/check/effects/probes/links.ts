import type { Table } from "../../types/catalog.ts";

const name = '[`"]?\\w+[`"]?(?:\\.[`"]?\\w+[`"]?)?';
const compared = new RegExp(
  `(?:\\b(?:WHERE|ON|AND|OR|NOT|WHEN|IF)\\b|\\()\\s*\\(?(${name})\\s*(?:=|<=>|\\bIS\\b)\\s*(${name})`,
  "gi",
);
const stored = /\bINTO\s+[`"]?(\w+)[`"]?\s*\(([^)]*)\)\s*VALUES\s*\(([^;]*?)\)\s*(?:;|ON\b|END\b|$)/gi;

/**
 * The columns, in small letters, by which triggers find rows of another table: they compare them with a column of their
 * own row, or store it in a key; and those of foreign keys. They only suggest which values to share.
 */
export function linkedNames(triggers: readonly string[], tables: readonly Table[]): ReadonlySet<string> {
  const found = new Set<string>();
  const names = new Set(tables.map((table) => table.name));
  for (const { foreignKeys } of tables)
    for (const key of foreignKeys)
      if (names.has(key.table)) for (const one of [...key.columns, ...key.referenced]) found.add(one.toLowerCase());
  const columns = new Set(tables.flatMap((table) => [...table.columns.keys()].map((one) => one.toLowerCase())));
  for (const text of triggers) {
    for (const [, left = "", right = ""] of text.matchAll(compared)) {
      const both = [left, right].map(columnOf);
      if (both.every((one) => columns.has(one)) && !(isOfRow(left) && isOfRow(right)))
        for (const one of both) found.add(one);
    }
    for (const [, into = "", list = "", values = ""] of text.matchAll(stored)) {
      const keys = tables
        .filter((table) => table.name.toLowerCase() === into.toLowerCase())
        .flatMap(({ primaryKey, uniqueKeys }) => [primaryKey, ...uniqueKeys].flat())
        .map((key) => key.toLowerCase());
      const given = values.split(",").map((value) => value.trim());
      for (const [index, column] of list.split(",").map(columnOf).entries()) {
        const value = given[index] ?? "";
        if (keys.includes(column) && isOfRow(value) && columns.has(columnOf(value))) found.add(columnOf(value));
      }
    }
  }
  return found;
}

/** True for NEW.a and OLD.a. */
function isOfRow(text: string): boolean {
  return /^[`"]?(NEW|OLD)[`"]?\.[`"]?\w+[`"]?$/i.test(text);
}

function columnOf(text: string): string {
  return (text.split(".").at(-1) ?? "").replace(/[`"\s]/g, "").toLowerCase();
}
