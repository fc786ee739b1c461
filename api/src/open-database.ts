import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "sqlproof";
import type { MariadbOptions } from "sqlproof/mariadb";
import type { MigrationOutcome, MigrationProgress } from "sqlproof/migrations";
import type { Config } from "./config.ts";
import type { MariadbAddress, SqliteAddress } from "./database-url.ts";
import type { ReportSource } from "./reports/messages.ts";

/** An open, migrated database. */
export interface OpenedDatabase {
  readonly database: Database;
  /** True when this start made it: the file, or the database on the server. */
  readonly created: boolean;
  readonly migration: MigrationOutcome;
}

const schemaFolder = join(import.meta.dir, "..", "..", "schema");
const progressEveryMs = 2000;

/**
 * Opens the configured database and brings it to the newest step of the schema. Only the engine in use is
 * imported: the driver of the other one would cost more than the whole start.
 */
export async function openDatabase(config: Config, tell: (line: string) => void): Promise<OpenedDatabase> {
  const progress = new Progress(tell);
  try {
    const address = config.database;
    if (address.engine === "sqlite") return await openSqliteFile(address, progress);
    return await openOnMariadb(config, address, progress);
  } finally {
    progress.end();
  }
}

async function openSqliteFile({ path }: SqliteAddress, progress: Progress): Promise<OpenedDatabase> {
  const created = !existsSync(path);
  const { migrateSqlite } = await import("sqlproof/migrations/sqlite");
  const folder = join(schemaFolder, "sqlite");
  const migration = await migrateSqlite({ database: path, folder, onProgress: (event) => progress.at(event) });
  const { openSqlite } = await import("sqlproof");
  return { database: openSqlite({ path }), created, migration };
}

async function openOnMariadb(config: Config, address: MariadbAddress, progress: Progress): Promise<OpenedDatabase> {
  const server = serverOf(config, address);
  const { createMariadbDatabase, migrateMariadb } = await import("sqlproof/migrations/mariadb");
  const created = await createMariadbDatabase(server);
  const folder = join(schemaFolder, "mariadb");
  const migration = await migrateMariadb({ server, folder, onProgress: (event) => progress.at(event) });
  const { openMariadb } = await import("sqlproof/mariadb");
  return { database: await openMariadb(server), created, migration };
}

function serverOf(config: Config, { host, port, socketPath, user, password, name }: MariadbAddress): MariadbOptions {
  return {
    ...(socketPath === null ? { host, port } : { socketPath }),
    user,
    password,
    database: name,
    connectionLimit: config.poolSize,
    acquireTimeoutMs: config.acquireTimeoutMs,
    statementTimeoutMs: config.statementTimeoutMs,
  };
}

/** How the thread of the reports opens the configured database once more. */
export function reportSource(config: Config): ReportSource {
  const address = config.database;
  if (address.engine === "sqlite") return { engine: "sqlite", path: address.path };
  return { engine: "mariadb", server: serverOf(config, address) };
}

/** Tells how far a long migration is; a short one says nothing. */
class Progress {
  #current = "";
  #toldAt = Date.now();
  readonly #timer = setInterval(() => this.#tellWhenDue(), progressEveryMs);

  constructor(private readonly tell: (line: string) => void) {}

  at(event: MigrationProgress): void {
    this.#current =
      event.phase === "waiting"
        ? "waiting for another process that migrates this database"
        : `${stepTitle(event.step)}, ${event.statement} of ${event.statements}`;
    // SQLite works without giving the timer a turn, so every event looks at the clock as well.
    this.#tellWhenDue();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #tellWhenDue(): void {
    if (this.#current === "" || Date.now() - this.#toldAt < progressEveryMs) return;
    this.#toldAt = Date.now();
    this.tell(`${this.#current} ...`);
  }
}

/** `0002_exact_and_indexed` as words: `step 2: exact and indexed`. */
function stepTitle(name: string): string {
  return `step ${name.replace(/^0*(\d+)_/, "$1: ").replaceAll("_", " ")}`;
}
