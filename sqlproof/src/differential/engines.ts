import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as driver from "mariadb";
import { sqlite as library } from "#sqlite";
import { prove, type Verdict } from "../check/prove.ts";
import { MariadbProver } from "../check/provers/mariadb.ts";
import { SqliteProver } from "../check/provers/sqlite.ts";
import type { Catalog, Table } from "../check/types/catalog.ts";
import { refusals } from "../check/typing/context.ts";
import type { MigrationStep } from "../migrations/files.ts";
import { connectionConfig, type MariadbOptions, openMariadb } from "../runtime/mariadb/open.ts";
import { atOnce, type SqliteDatabase } from "../runtime/sqlite/driver.ts";
import { openSqlite } from "../runtime/sqlite/open.ts";
import type { Database } from "../runtime/types.ts";

/** How long MariaDB may take for one statement. */
export const limitMs = 10_000;

/** How to reach a server on which a temporary database may be created. */
export type Server = Omit<MariadbOptions, "database">;

/** Both engines with the same empty schema, opened the way a program opens them. */
export interface Engines {
  /** MariaDB's catalog; SQLite's knows only storage classes. */
  readonly catalog: Catalog;
  /** The name of the temporary database on MariaDB. */
  readonly database: string;
  readonly mariadb: Database;
  readonly sqlite: Database;
  /** Makes both engines assign the same next automatic key, whatever was rolled back before. */
  alignNumbers(table: Table): Promise<void>;
  /** Proves another form of a query, which only the engines may refuse. */
  prove(texts: { readonly mariadb: string; readonly sqlite: string }): Promise<Verdict>;
  close(): Promise<void>;
}

export async function openEngines(
  server: Server,
  migrations: { readonly mariadb: readonly MigrationStep[]; readonly sqlite: readonly MigrationStep[] },
): Promise<Engines> {
  const prover = await MariadbProver.open(server, migrations.mariadb);
  const provers = { mariadb: prover, sqlite: new SqliteProver(migrations.sqlite) };
  const folder = mkdtempSync(join(tmpdir(), "sqlproof-differential-"));
  const path = join(folder, "differential.db");
  applySqlite(path, migrations.sqlite);
  const mariadb = await openMariadb({
    ...server,
    database: prover.database,
    connectionLimit: 2,
    statementTimeoutMs: limitMs,
  });
  const sqlite = openSqlite({ path });
  // Without a time limit: it may be silent for long, and a silent connection would be closed.
  const options = { ...server, database: prover.database, statementTimeoutMs: 0 };
  const side = await driver.createConnection(connectionConfig(options));
  const sequences = library.open(path, "readonly");
  return {
    catalog: prover.catalog,
    database: prover.database,
    mariadb,
    sqlite,
    async alignNumbers(table) {
      const next = lastNumber(sequences, table.name) + 1;
      // For a number below the largest key, InnoDB takes the next free one, as SQLite does.
      await side.query(`ALTER TABLE \`${table.name}\` AUTO_INCREMENT = ${next}`);
    },
    prove: ({ mariadb: ours, sqlite: theirs }) =>
      prove({ key: ours, mariadb: ours, sqlite: theirs, location: { file: "", line: 1, column: 1 } }, provers, {
        // Without that one, the checker would not write the ESCAPE that SQLite needs.
        without: new Set(refusals.filter((refusal) => refusal !== "escape")),
      }),
    async close() {
      sequences.close();
      await Promise.all([sqlite.close(), mariadb.close(), side.end()]);
      await prover.close();
      provers.sqlite.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function applySqlite(path: string, steps: readonly MigrationStep[]): void {
  const database = library.open(path, "create");
  database.run("PRAGMA foreign_keys = ON");
  atOnce(database, () => {
    for (const step of steps) for (const { text } of step.statements) database.run(text);
  });
  database.close();
}

/** The largest number that SQLite ever assigned in an AUTOINCREMENT table; a rollback returns it. */
function lastNumber(database: SqliteDatabase, table: string): number {
  const known = database.query<{ name: string }>("SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence'").get();
  if (known === null) return 0;
  const row = database.query<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = ?").get(table);
  return row?.seq ?? 0;
}
