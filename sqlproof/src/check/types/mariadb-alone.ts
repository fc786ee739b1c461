import type { Catalog, Table } from "./catalog.ts";

/** What MariaDB alone can declare of tables and columns, and what no proof or transaction then holds for. */
export function mariadbProblems(catalog: Catalog): string[] {
  return [...catalog.values()].flatMap(declaredAlone);
}

/** The same for one table. */
export function declaredAlone({ name, engine, columns }: Table): string[] {
  return [
    ...(engine === null || engine === "InnoDB" ? [] : [withoutTransactions(name, engine)]),
    ...[...columns.values()]
      .filter(({ invisible }) => invisible)
      .map((column) => `column ${name}.${column.name} is INVISIBLE: * leaves it out on MariaDB only; remove INVISIBLE`),
  ];
}

function withoutTransactions(table: string, engine: string): string {
  return `table ${table} is ENGINE=${engine}: MariaDB rolls back nothing in it, no failed statement either; declare ENGINE=InnoDB`;
}
