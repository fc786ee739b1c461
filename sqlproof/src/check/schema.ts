import type { ValueType } from "../runtime/proof.ts";
import { TokenError } from "./parse/tokenize.ts";
import type { OpenProvers } from "./provers/open.ts";
import type { SqliteProver } from "./provers/sqlite.ts";
import { GrammarError } from "./tree/cursor.ts";
import type { Query } from "./tree/nodes.ts";
import { readSqlStatement } from "./tree/statements.ts";
import type { Catalog, Column } from "./types/catalog.ts";
import { comparesAlike } from "./types/parity.ts";
import type { Mode } from "./typing/context.ts";
import type { Schema } from "./typing/statement.ts";

const schemas = new WeakMap<OpenProvers, Omit<Schema, "exact" | "paired" | "merges">>();

/** The schema by the engines' catalogs, read once. */
export function schemaOf(provers: OpenProvers): Omit<Schema, "exact" | "paired" | "merges"> {
  const known = schemas.get(provers);
  if (known !== undefined) return known;
  const schema = read(provers);
  schemas.set(provers, schema);
  return schema;
}

function read({ mariadb, sqlite }: OpenProvers): Omit<Schema, "exact" | "paired" | "merges"> {
  if (mariadb === null) {
    const bodies = viewBodies(sqlite);
    const viewQuery: Schema["viewQuery"] = (name) => queryOf(bodies.get(name.toLowerCase()) ?? null, "sqlite");
    return { ...alone(declaredTypes(sqlite.catalog)), viewQuery };
  }
  if (sqlite === null) return alone(mariadb.catalog);
  const enforced = sqlite.limitsEnforced(mariadb.catalog);
  const whole = sqlite.fixedLengths(mariadb.catalog);
  const there = (table: string, column: string): Column | undefined => sqlite.catalog.get(table)?.columns.get(column);
  const bodies = viewBodies(sqlite);
  return {
    catalog: mariadb.catalog,
    viewQuery: (name) => queryOf(bodies.get(name.toLowerCase()) ?? null, "both"),
    comparesAlike: (table, column) => {
      const [here, other] = [mariadb.catalog.get(table)?.columns.get(column), there(table, column)];
      return here !== undefined && other !== undefined && comparesAlike(here, other);
    },
    sqliteTriggers: (table) => sqlite.catalog.get(table)?.triggers ?? [],
    refusesOutside: (table, column) => enforced.has(`${table}.${column}`),
    refusesShorter: (table, column) => whole.has(`${table}.${column}`),
  };
}

/** The SELECT of each view, as SQLite keeps it. */
function viewBodies(sqlite: SqliteProver): ReadonlyMap<string, string> {
  return new Map(sqlite.views().map(({ name, body }) => [name.toLowerCase(), body]));
}

/** Read each time, because what a name means is kept by its node. */
function queryOf(text: string | null, dialect: Mode): Query | null {
  if (text === null) return null;
  try {
    const statement = readSqlStatement(text, dialect);
    return statement.kind === "select" ? statement.query : null;
  } catch (error) {
    // The check of the views says what is wrong with it.
    if (error instanceof GrammarError || error instanceof TokenError) return null;
    throw error;
  }
}

/** SQLite's own names of types; its STRICT tables take only INTEGER, REAL, TEXT and BLOB. */
const declared: readonly (readonly [RegExp, ValueType])[] = [
  [/^BOOL/i, "boolean"],
  [/^(DATETIME|TIMESTAMP)/i, "datetime"],
  [/^DATE$/i, "date"],
  [/INT/i, "bigint"],
  [/CHAR|CLOB|TEXT/i, "text"],
  [/BLOB/i, "blob"],
  [/REAL|FLOA|DOUB|DEC|NUM/i, "double"],
];

/** SQLite's catalog with the types that its columns declare, for a project without MariaDB. */
function declaredTypes(catalog: Catalog): Catalog {
  const typed = (column: Column): Column => ({
    ...column,
    type: declared.find(([pattern]) => pattern.test(column.declared))?.[1] ?? null,
  });
  return new Map(
    [...catalog].map(([name, table]) => [
      name,
      { ...table, columns: new Map([...table.columns].map(([key, column]) => [key, typed(column)])) },
    ]),
  );
}

function alone(catalog: Catalog): Omit<Schema, "exact" | "paired" | "merges"> {
  return {
    catalog,
    viewQuery: () => null,
    comparesAlike: () => true,
    sqliteTriggers: () => [],
    refusesOutside: () => true,
    refusesShorter: () => false,
  };
}
