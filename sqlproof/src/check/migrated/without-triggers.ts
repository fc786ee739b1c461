import { quoted } from "../effects/probe.ts";
import type { Deployed } from "./deployed.ts";

/** Does the work while the tables have no triggers: what these store beside a row is compared elsewhere. */
export async function withoutTriggers(
  { mariadb, sqlite }: Deployed,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const here = await mariadb.query<unknown[][]>({
    sql: `SELECT trigger_name, event_object_table FROM information_schema.triggers
      WHERE trigger_schema = DATABASE() ORDER BY event_object_table, event_manipulation, action_timing, action_order`,
    rowsAsArray: true,
  });
  const texts: string[] = [];
  for (const [name, table] of here) {
    if (!tables.includes(String(table))) continue;
    const [row] = await mariadb.query<Record<string, unknown>[]>({
      sql: `SHOW CREATE TRIGGER ${quoted(String(name))}`,
      rowsAsArray: false,
    });
    texts.push(String(row?.["SQL Original Statement"]));
    await mariadb.query(`DROP TRIGGER ${quoted(String(name))}`);
  }
  const there = sqlite
    .query<{ name: string; sql: string; tbl_name: string }>(
      "SELECT name, sql, tbl_name FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid",
    )
    .all()
    .filter(({ tbl_name: table }) => tables.includes(table));
  for (const { name } of there) sqlite.run(`DROP TRIGGER ${quoted(name)}`);
  await work();
  for (const { sql } of there) sqlite.run(sql);
  for (const text of texts) await mariadb.query(text);
}
