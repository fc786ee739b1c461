import type { Connection } from "mariadb";
import type { ForeignKey } from "../check/types/catalog.ts";
import { mariadbCatalog } from "../check/types/mariadb-catalog.ts";
import { quoted } from "../copy/cells.ts";
import { triggersOfSteps } from "../copy/expected-schema.ts";
import { longConnection } from "../copy/mariadb-snapshot.ts";
import { firstNode } from "../runtime/mariadb/first-node.ts";
import { type MariadbOptions, mariadbError } from "../runtime/mariadb/open.ts";
import type { SchemaSteps } from "./schema-steps.ts";

/** What MariaDB's own check of each table finds, and the rows whose references lead nowhere. */
export async function mariadbProblems(options: MariadbOptions): Promise<readonly string[]> {
  try {
    const server = await firstNode(options);
    const connection = await longConnection(server);
    try {
      const problems: string[] = [];
      for (const { name, foreignKeys, view } of (await mariadbCatalog(connection, server.database)).values()) {
        if (view) continue;
        problems.push(...(await damages(connection, name)));
        for (const key of foreignKeys) problems.push(...(await orphans(connection, name, key)));
      }
      return problems;
    } finally {
      await connection.end().catch(() => connection.destroy());
    }
  } catch (error) {
    throw mariadbError(error);
  }
}

/** The triggers that the steps have made and that are gone. */
export async function missingTriggers(
  options: MariadbOptions,
  { folders, lastVersion }: SchemaSteps,
): Promise<readonly string[]> {
  try {
    const connection = await longConnection(await firstNode(options));
    try {
      const rows: unknown[][] = await connection.query(
        "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
      );
      const found = new Set(rows.map(([name]) => String(name)));
      return triggersOfSteps(folders.mariadb, lastVersion).flatMap((name) =>
        found.has(name) ? [] : [`The trigger ${name} is missing.`],
      );
    } finally {
      await connection.end().catch(() => connection.destroy());
    }
  } catch (error) {
    throw mariadbError(error);
  }
}

/** The answer has the table, the operation, the kind of message and its text; without a fault it is one `status` OK. */
async function damages(connection: Connection, table: string): Promise<string[]> {
  const rows: unknown[][] = await connection.query(`CHECK TABLE ${quoted(table)}`);
  return rows.flatMap(([, , kind, text]) =>
    kind === "error" || (kind === "status" && text !== "OK") ? [`MariaDB's check of ${table}: ${text}.`] : [],
  );
}

async function orphans(
  connection: Connection,
  table: string,
  { columns, table: parent, referenced }: ForeignKey,
): Promise<string[]> {
  const set = columns.map((column) => `child.${quoted(column)} IS NOT NULL`).join(" AND ");
  const pairs = columns.map((column, index) => `parent.${quoted(referenced[index] ?? "")} = child.${quoted(column)}`);
  const rows: unknown[][] = await connection.query(
    `SELECT COUNT(*) FROM ${quoted(table)} AS child WHERE ${set}` +
      ` AND NOT EXISTS (SELECT 1 FROM ${quoted(parent)} AS parent WHERE ${pairs.join(" AND ")})`,
  );
  const count = Number(rows[0]?.[0]);
  return count === 0 ? [] : [`${count} rows of ${table} (${columns.join(", ")}) have no row of ${parent}.`];
}
