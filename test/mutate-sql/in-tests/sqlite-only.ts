import { mock } from "bun:test";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as reports from "../../../api/src/report-list.ts";
import * as migrations from "../../../sqlproof/src/migrations/index.ts";
import * as mariadb from "../../../sqlproof/src/runtime/mariadb/open.ts";
import { SqliteConnection } from "../../../sqlproof/src/runtime/sqlite/connection.ts";
import { openSqlite } from "../../../sqlproof/src/runtime/sqlite/open.ts";

/**
 * A second SQLite takes MariaDB's place, so that a test of one mutant takes a second. A wrong answer that a test notices
 * here it notices beside MariaDB too; what only MariaDB does wrong needs a run on both engines.
 */
export function useOnlySqlite(template: string): void {
  const folder = mkdtempSync(join(tmpdir(), "mutate-sql-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  // A mock replaces what others see of a module, so what is needed of it is taken before.
  const { migrateSqlite: migrate } = migrations;
  const pathOf = (name: string) => join(folder, `${name}.db`);
  const migrateSqlite = async (options: migrations.SqliteMigrationOptions) => {
    const { database } = options;
    if (typeof database === "string" && !existsSync(database) && /schema.sqlite$/.test(options.folder))
      copyFileSync(template, database);
    return await migrate(options);
  };
  const stop = async () => {};
  mock.module("sqlproof/private-mariadb", () => ({
    startPrivateMariadb: async () => ({ host: "127.0.0.1", port: 0, user: "nobody", password: "", stop }),
  }));
  mock.module("sqlproof/mariadb", () => ({
    ...mariadb,
    openMariadb: async ({ database }: mariadb.MariadbOptions) => openSqlite({ path: pathOf(database) }),
  }));
  mock.module("sqlproof/migrations", () => ({
    ...migrations,
    migrateSqlite,
    createMariadbDatabase: stop,
    migrateMariadb: ({ folder: steps, server }: migrations.MariadbMigrationOptions) =>
      migrateSqlite({ folder: steps.replace(/mariadb$/, "sqlite"), database: pathOf(server.database) }),
  }));
  // The report thread would open MariaDB.
  const { createReporter } = reports;
  mock.module(join(import.meta.dir, "..", "..", "..", "api", "src", "report-list.ts"), () => ({
    ...reports,
    createReporter: (...[database, , options]: Parameters<typeof createReporter>) =>
      createReporter(database, null, options),
  }));
  commitWithoutDisk();
}

/** Nothing needs to survive these tests. */
function commitWithoutDisk(): void {
  const { begin } = SqliteConnection.prototype;
  const known = new WeakSet<SqliteConnection>();
  SqliteConnection.prototype.begin = function (this: SqliteConnection) {
    if (!known.has(this)) this.database.run("PRAGMA synchronous = OFF");
    known.add(this);
    return begin.call(this);
  };
}
