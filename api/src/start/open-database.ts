import { existsSync } from "node:fs";
import type { Database } from "sqlproof";
import type { ClusterEvent, MariadbOptions } from "sqlproof/mariadb";
import type { MigrationOutcome, MigrationProgress } from "sqlproof/migrations";
import { silenceMs } from "../contract/deadline.ts";
import type { ReportSource } from "../reports/messages.ts";
import type { MariadbAddress, SqliteAddress } from "./database-url.ts";
import { schemaFolder } from "./paths.ts";
import type { Config } from "./settings.ts";

/** An open, migrated database. */
export interface OpenedDatabase {
  readonly database: Database;
  /** True when this start made it: the file, or the database on the server. */
  readonly created: boolean;
  readonly migration: MigrationOutcome;
}

const progressEveryMs = 2000;

/**
 * Opens the configured database and brings it to the newest step of the schema. Only the engine in use is
 * imported: the driver of the other one would cost more than the whole start.
 */
export async function openDatabase(
  config: Config,
  tell: (line: string) => void,
  tellCluster?: (event: ClusterEvent) => void,
): Promise<OpenedDatabase> {
  const progress = new Progress(tell);
  try {
    const address = config.database;
    if (address.engine === "sqlite") return await openSqliteFile(address, progress);
    return await openOnMariadb(config, address, progress, tellCluster);
  } finally {
    progress.end();
  }
}

async function openSqliteFile({ path }: SqliteAddress, progress: Progress): Promise<OpenedDatabase> {
  const created = !existsSync(path);
  const { migrateSqlite } = await import("sqlproof/migrations/sqlite");
  const folder = schemaFolder("sqlite");
  const migration = await migrateSqlite({ database: path, folder, onProgress: (event) => progress.at(event) });
  const { openSqlite } = await import("sqlproof");
  return { database: openSqlite({ path }), created, migration };
}

async function openOnMariadb(
  config: Config,
  address: MariadbAddress,
  progress: Progress,
  onClusterEvent: ((event: ClusterEvent) => void) | undefined,
): Promise<OpenedDatabase> {
  const server = { ...serverOf(config, address), ...(onClusterEvent === undefined ? {} : { onClusterEvent }) };
  const folder = schemaFolder("mariadb");
  const { openCurrentMariadb } = await import("sqlproof/migrations/mariadb-current");
  const current = await openCurrentMariadb(server, folder);
  if (current !== null) return { ...current, created: false };
  const { refuseUnsafeServer, refuseUnsafeTables } = await import("sqlproof/self-check/mariadb");
  const { createdTables, createMariadbDatabase, migrateMariadb } = await import("sqlproof/migrations/mariadb");
  // Before anything is written: a server that loses what it is given must not be given anything.
  await refuseUnsafeServer(server);
  const created = await createMariadbDatabase(server);
  const migration = await migrateMariadb({ server, folder, onProgress: (event) => progress.at(event) });
  await refuseUnsafeTables(server, createdTables(folder));
  const { openMariadb } = await import("sqlproof/mariadb");
  return { database: await openMariadb(server), created, migration };
}

function serverOf(config: Config, address: MariadbAddress): MariadbOptions {
  const { nodes, reads, socketPath, user, password, name } = address;
  return {
    ...(socketPath === null ? { nodes } : { socketPath }),
    user,
    password,
    database: name,
    connectionLimit: config.poolSize,
    acquireTimeoutMs: config.acquireTimeoutMs,
    // Not longer than a request waits for a connection, or those who wait would not learn that there is none.
    connectTimeoutMs: config.acquireTimeoutMs,
    statementTimeoutMs: config.statementTimeoutMs,
    silenceTimeoutMs: silenceMs,
    clusterReads: reads,
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
  #toldAt = performance.now();
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
    if (this.#current === "" || performance.now() - this.#toldAt < progressEveryMs) return;
    this.#toldAt = performance.now();
    this.tell(`${this.#current} ...`);
  }
}

/** `0002_exact_and_indexed` as words: `step 2: exact and indexed`. */
function stepTitle(name: string): string {
  return `step ${name.replace(/^0*(\d+)_/, "$1: ").replaceAll("_", " ")}`;
}
