import type { OpenProvers } from "./provers/open.ts";
import type { Catalog, Column } from "./types/catalog.ts";
import { comparesAlike } from "./types/parity.ts";
import type { Schema } from "./typing/statement.ts";

const schemas = new WeakMap<OpenProvers, Schema>();

/** The schema by the engines' catalogs, read once. */
export function schemaOf(provers: OpenProvers): Schema {
  const known = schemas.get(provers);
  if (known !== undefined) return known;
  const schema = read(provers);
  schemas.set(provers, schema);
  return schema;
}

function read({ mariadb, sqlite }: OpenProvers): Schema {
  if (mariadb === null) return alone(sqlite.catalog);
  if (sqlite === null) return alone(mariadb.catalog);
  const enforced = sqlite.limitsEnforced(mariadb.catalog);
  const there = (table: string, column: string): Column | undefined => sqlite.catalog.get(table)?.columns.get(column);
  return {
    catalog: mariadb.catalog,
    comparesAlike: (table, column) => {
      const [here, other] = [mariadb.catalog.get(table)?.columns.get(column), there(table, column)];
      return here !== undefined && other !== undefined && comparesAlike(here, other);
    },
    refusesOutside: (table, column) => enforced.has(`${table}.${column}`),
  };
}

function alone(catalog: Catalog): Schema {
  return { catalog, comparesAlike: () => true, refusesOutside: () => true };
}
