import * as driver from "mariadb";
import { MariadbProver } from "../../sqlproof/src/check/provers/mariadb.ts";
import type { Provers } from "../../sqlproof/src/check/provers/open.ts";
import { SqliteProver } from "../../sqlproof/src/check/provers/sqlite.ts";
import type { MigrationStep } from "../../sqlproof/src/migrations/files.ts";
import { connectionConfig, type MariadbOptions } from "../../sqlproof/src/runtime/mariadb/open.ts";
import type { Case } from "./cases.ts";
import { mariadbStatements, withShortTexts } from "./mariadb-schema.ts";
import { sqliteTables } from "./sqlite-schema.ts";

type Server = Omit<MariadbOptions, "database">;

const scratch = "sqlc_scratch";
const collated = "ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";

/** Both engines with the tables and views of a case that both can make. */
export async function openCase(server: Server, one: Case): Promise<Provers> {
  const statements = await accepted(server, mariadbStatements(one));
  const mariadb = await MariadbProver.open(server, [step([collated, ...statements])]);
  const views = statements.filter((text) => /^CREATE\s+(OR\s+REPLACE\s+)?VIEW/i.test(text));
  const tables = sqliteTables(mariadb.catalog);
  const kept = [...tables];
  for (const text of views) if (opens([...kept, text])) kept.push(text);
  return { mariadb, sqlite: new SqliteProver([step(kept)]) };
}

export async function closeCase({ mariadb, sqlite }: Provers): Promise<void> {
  await mariadb.close();
  sqlite.close();
}

/** The statements that MariaDB carries out, one after the other; the others make nothing. */
async function accepted(server: Server, statements: readonly string[]): Promise<readonly string[]> {
  const connection = await driver.createConnection(connectionConfig(server));
  const kept: string[] = [];
  try {
    await connection.query("SET foreign_key_checks = 0");
    await connection.query(`CREATE OR REPLACE DATABASE ${scratch}`);
    await connection.query(`USE ${scratch}`);
    await connection.query(collated);
    for (const text of statements)
      for (const form of new Set([text, withShortTexts(text)]))
        if (await runs(connection, form)) {
          kept.push(form);
          break;
        }
  } finally {
    await connection.end();
  }
  return kept;
}

async function runs(connection: driver.Connection, text: string): Promise<boolean> {
  try {
    await connection.query(text);
    return true;
  } catch (error) {
    if (error instanceof driver.SqlError) return false;
    throw error;
  }
}

function opens(statements: readonly string[]): boolean {
  try {
    new SqliteProver([step(statements)]).close();
    return true;
  } catch {
    return false;
  }
}

function step(texts: readonly string[]): MigrationStep {
  return {
    ...{ version: 1, name: "0001_case", path: "case/0001_case.sql", checksum: "", adoption: null },
    statements: texts.map((text) => ({ text, line: 1 })),
  };
}
