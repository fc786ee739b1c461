// The library's schema on both engines, opened before the tests of a file and closed behind them. The second folder is
// for these tests alone: tables whose triggers and foreign keys write.
import { afterAll, beforeAll } from "bun:test";
import { join } from "node:path";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { type MigrationStep, readMigrations } from "../src/migrations/files.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

/** Both provers, which are there once the first test runs. */
export function libraryProvers(): { readonly opened: () => { mariadb: MariadbProver; sqlite: SqliteProver } } {
  let server: PrivateMariadb;
  let mariadb: MariadbProver;
  let sqlite: SqliteProver;

  beforeAll(async () => {
    server = await startPrivateMariadb();
    mariadb = await MariadbProver.open(server, migrationsOf("mariadb"));
    sqlite = new SqliteProver(migrationsOf("sqlite"));
  }, 60_000);

  afterAll(async () => {
    await mariadb.close();
    sqlite.close();
    await server.stop();
  });

  return { opened: () => ({ mariadb, sqlite }) };
}

/** The steps of both folders for an engine. */
export function migrationsOf(engine: "mariadb" | "sqlite"): readonly MigrationStep[] {
  return ["schema", "writes-schema"].flatMap((folder) => readMigrations(join(import.meta.dir, folder, engine)));
}
