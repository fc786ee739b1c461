// A schema on both engines, opened before the tests of a file and closed behind them.
import { afterAll, beforeAll } from "bun:test";
import { join } from "node:path";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { type MigrationStep, readMigrations } from "../src/migrations/files.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

interface Migrations {
  readonly mariadb: readonly MigrationStep[];
  readonly sqlite: readonly MigrationStep[];
}

interface Opened {
  readonly server: PrivateMariadb;
  readonly mariadb: MariadbProver;
  readonly sqlite: SqliteProver;
}

/** The library's schema. The second folder is for tests alone: tables whose triggers and foreign keys write. */
export const librarySchema = migrationsIn("schema", "writes-schema");

/** The schema of the table of rules. */
export const rulesSchema = migrationsIn("rules");

/** Both provers, which are there once the first test runs. */
export function openedProvers(migrations: Migrations): { readonly opened: () => Opened } {
  // One object, by which the checker knows the schema that it has read.
  let opened: Opened;

  beforeAll(async () => {
    const server = await startPrivateMariadb();
    const mariadb = await MariadbProver.open(server, migrations.mariadb);
    opened = { server, mariadb, sqlite: new SqliteProver(migrations.sqlite) };
  }, 60_000);

  afterAll(async () => {
    await opened.mariadb.close();
    opened.sqlite.close();
    await opened.server.stop();
  });

  return { opened: () => opened };
}

function migrationsIn(...folders: readonly string[]): Migrations {
  const of = (engine: string): MigrationStep[] =>
    folders.flatMap((folder) => readMigrations(join(import.meta.dir, folder, engine)));
  return { mariadb: of("mariadb"), sqlite: of("sqlite") };
}
