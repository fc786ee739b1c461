import type { Rows } from "./server-settings.ts";

/**
 * The queries for `unsafeTables`. Three simple ones, because a join made MariaDB read the keys of all tables again for
 * each table, which took 90 ms for 24 tables.
 */
export const tableQueries = [
  `SELECT TABLE_NAME, ENGINE FROM information_schema.TABLES
   WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY 1`,
  `SELECT TABLE_NAME FROM information_schema.TABLE_CONSTRAINTS
   WHERE TABLE_SCHEMA = DATABASE() AND CONSTRAINT_SCHEMA = DATABASE() AND CONSTRAINT_TYPE = 'PRIMARY KEY'`,
  `SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS
   WHERE TABLE_SCHEMA = DATABASE() AND DATA_TYPE IN ('float', 'double') ORDER BY 1, ORDINAL_POSITION`,
] as const;

/** What is unsafe about these tables, or about all when `only` is null, each with its remedy. */
export function unsafeTables([tables, keys, columns]: readonly [Rows, Rows, Rows], only: readonly string[] | null) {
  const ours = (name: unknown) => only === null || only.includes(String(name).toLowerCase());
  const keyed = new Set(keys.map(([name]) => name));
  const problems: string[] = [];
  for (const [table, engine] of tables.filter(([name]) => ours(name))) {
    if (engine !== "InnoDB")
      problems.push(
        `The table ${table} uses the engine ${engine}, which has no transactions and is not copied to other nodes. ` +
          `Run ALTER TABLE ${table} ENGINE = InnoDB;`,
      );
    if (!keyed.has(table))
      problems.push(
        `The table ${table} has no primary key, so a cluster cannot copy its changes reliably. ` +
          `Run ALTER TABLE ${table} ADD PRIMARY KEY (id); with its own columns.`,
      );
  }
  for (const [table, column, type] of columns.filter(([name]) => ours(name)))
    problems.push(
      `${table}.${column} has the type ${String(type).toUpperCase()}, which does not store amounts exactly. ` +
        `Check its values, then run ALTER TABLE ${table} MODIFY ${column} DECIMAL(19,4);`,
    );
  return problems;
}
