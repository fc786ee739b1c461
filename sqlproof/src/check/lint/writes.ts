import { insertColumns, insertRows } from "../parse/parameter-places.ts";
import { conflictClause, type Statement } from "../parse/statement.ts";
import { isSymbol, isWord, nameIn, type Token } from "../parse/tokenize.ts";
import type { Catalog, Column, Table } from "../types/catalog.ts";
import { scaledLiteral } from "./decimals.ts";
import { stringFinding } from "./types.ts";

/** What no engine checks at PREPARE: an INSERT that omits a NOT NULL column without default, or sets it to NULL. */
export function insertFindings(statement: Statement, mariadb: Catalog): string[] {
  const table = statement.kind === "insert" && statement.target !== null ? mariadb.get(statement.target) : undefined;
  if (table === undefined) return [];
  const target = insertColumns(statement.tokens);
  if (target === null) return [`name the columns: INSERT INTO ${table.name} (..)`];
  const missing = [...table.columns.values()].filter(
    (column) => !column.hasDefault && !target.names.includes(column.name),
  );
  return [
    ...missing.map(
      (column) => `INSERT INTO ${table.name} leaves out ${column.name}, which is NOT NULL without a default`,
    ),
    ...insertedLiterals(statement.tokens, target.names, table),
  ];
}

/** Each literal must have its column's own type: STRICT SQLite and strict MariaDB differ in what they convert. */
function insertedLiterals(tokens: readonly Token[], names: readonly string[], table: Table): string[] {
  return insertRows(tokens).flatMap((items) =>
    items.flatMap((item, index) => {
      const column = table.columns.get(names[index] ?? "");
      const [token] = item;
      if (column === undefined || token === undefined) return [];
      const alone = item.length === 1 ? literalFinding(column, token) : decimalNumberFinding(column, item);
      return alone === null ? [] : [`${table.name}.${column.name} ${alone}`];
    }),
  );
}

function decimalNumberFinding(column: Column, item: readonly Token[]): string | null {
  const written = item.some((token) => token.kind === "number" && Number(token.text) !== 0);
  return column.type === "decimal" && written ? scaledLiteral : null;
}

/** `SET column = literal`, for UPDATE and for upserts. */
export function assignedLiterals(statement: Statement, mariadb: Catalog): string[] {
  const table = statement.target === null ? undefined : mariadb.get(statement.target);
  const { tokens } = statement;
  const set = tokens.findIndex((token) => isWord(token, "SET"));
  if (table === undefined || set === -1) return [];
  const findings: string[] = [];
  for (let index = set; index < tokens.length && !isWord(tokens[index], "WHERE"); index += 1) {
    if (!isSymbol(tokens[index + 1], "=")) continue;
    const column = table.columns.get(nameIn(tokens[index]) ?? "");
    const value = tokens[index + 2];
    const next = tokens[index + 3];
    const alone = next === undefined || isSymbol(next, ",") || isWord(next, "WHERE");
    if (column === undefined || value === undefined || !alone) continue;
    const finding = literalFinding(column, value);
    if (finding !== null) findings.push(`${table.name}.${column.name} ${finding}`);
  }
  return findings;
}

function literalFinding(column: Column, token: Token): string | null {
  if (isWord(token, "NULL")) return column.nullable ? null : "is NOT NULL and gets NULL";
  if (token.kind === "number") return numberFinding(column, Number(token.text));
  return token.kind === "string" ? stringFinding(column.type, token.text.slice(1, -1)) : null;
}

function numberFinding(column: Column, value: number): string | null {
  if (column.type === "decimal") return value === 0 ? null : scaledLiteral;
  if (column.type === "boolean") return value === 0 || value === 1 ? null : "is true or false: write 0 or 1";
  return ["integer", "bigint", "double"].includes(column.type ?? "") ? null : `is ${column.declared} and gets a number`;
}

/** MariaDB updates on a conflict with any unique key, SQLite only with the named one: both must be the same key. */
export function conflictFindings(statement: Statement, mariadb: Catalog, sqlite: Catalog): string[] {
  const conflict = conflictClause(statement.tokens);
  const target = statement.target;
  if (conflict === null || target === null) return [];
  const key = conflict.columns.join(", ");
  const findings: string[] = [];
  for (const [engine, catalog] of [
    ["MariaDB", mariadb],
    ["SQLite", sqlite],
  ] as const) {
    const table = catalog.get(target);
    if (table !== undefined && !keysOf(table).some((columns) => sameSet(columns, conflict.columns)))
      findings.push(`ON CONFLICT (${key}): ${target} has no such unique key on ${engine}`);
  }
  const table = mariadb.get(target);
  const given = insertColumns(statement.tokens)?.names ?? [];
  const others = table === undefined ? [] : keysOf(table).filter((columns) => !sameSet(columns, conflict.columns));
  for (const other of others)
    if (other.every((column) => given.includes(column)))
      findings.push(
        `ON CONFLICT (${key}): the INSERT also fills the unique key (${other.join(", ")}), on which MariaDB would update too`,
      );
  return findings;
}

function keysOf(table: Table): readonly (readonly string[])[] {
  return [table.primaryKey, ...table.uniqueKeys].filter((key) => key.length > 0);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
