import { existsSync } from "node:fs";
import type { Database, StatementObserver } from "sqlproof";
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
  /** True if this start created the file or the database on the server. */
  readonly created: boolean;
  readonly migration: MigrationOutcome;
}

export interface OpenOptions {
  /** Called before a database is made that is not there yet; an exception stops that. */
  readonly beforeNew?: (() => Promise<void>) | undefined;
  readonly onClusterEvent?: ((event: ClusterEvent) => void) | undefined;
  /** Called after each statement. */
  readonly onStatement?: StatementObserver | undefined;
  /** Called before steps change the schema of a database that has had others before. */
  readonly beforeSteps?: ((steps: readonly string[]) => Promise<void>) | undefined;
}

const progressEveryMs = 2000;

/**
 * Opens the configured database and migrates it to the newest step of the schema. Imports only the engine in use,
 * because loading the driver of the other one would take longer than the entire start.
 */
export async function openDatabase(
  config: Config,
  onProgress: (line: string) => void,
  options: OpenOptions = {},
): Promise<OpenedDatabase> {
  const progress = new Progress(onProgress);
  try {
    const address = config.database;
    if (address.engine === "sqlite") return await openSqliteFile(address, progress, options);
    return await openOnMariadb(config, address, progress, options);
  } finally {
    progress.end();
  }
}

async function openSqliteFile(
  { path }: SqliteAddress,
  progress: Progress,
  { onStatement, beforeSteps, beforeNew }: OpenOptions,
): Promise<OpenedDatabase> {
  const created = !existsSync(path);
  if (created) await beforeNew?.();
  const { migrateSqlite } = await import("sqlproof/migrations/sqlite");
  const folder = schemaFolder("sqlite");
  const onProgress = progress.at.bind(progress);
  const migration = await migrateSqlite({ database: path, folder, onProgress, beforeSteps });
  const { openSqlite } = await import("sqlproof");
  return { database: openSqlite({ path, onStatement }), created, migration };
}

async function openOnMariadb(
  config: Config,
  address: MariadbAddress,
  progress: Progress,
  { onClusterEvent, onStatement, beforeSteps, beforeNew }: OpenOptions,
): Promise<OpenedDatabase> {
  const server = { ...serverOf(config, address), onClusterEvent, onStatement };
  const folder = schemaFolder("mariadb");
  const { openCurrentMariadb } = await import("sqlproof/migrations/mariadb-current");
  const current = await openCurrentMariadb(server, folder);
  if (current !== null) return { ...current, created: false };
  const { refuseUnsafeServer, refuseUnsafeTables } = await import("sqlproof/self-check/mariadb");
  const { createdTables, createMariadbDatabase, migrateMariadb } = await import("sqlproof/migrations/mariadb");
  // Check before writing anything, so that no data is given to a server that may lose it.
  await refuseUnsafeServer(server);
  const created = await createMariadbDatabase(server);
  const onProgress = progress.at.bind(progress);
  const migration = await migrateMariadb({ server, folder, onProgress, beforeSteps, beforeNew });
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
    // Connecting must not take longer than a request waits, so that waiting requests learn that there is no connection.
    connectTimeoutMs: config.acquireTimeoutMs,
    statementTimeoutMs: config.statementTimeoutMs,
    silenceTimeoutMs: silenceMs,
    clusterReads: reads,
  };
}

/** How the report thread opens its own connection to the configured database. */
export function reportSource(config: Config): ReportSource {
  const { database: address, slowStatementMs } = config;
  const slowFromMs = slowStatementMs ?? undefined;
  if (address.engine === "sqlite") return { engine: "sqlite", path: address.path, slowFromMs };
  return { engine: "mariadb", server: serverOf(config, address), slowFromMs };
}

/** Reports the progress of a long migration. A short one reports nothing. */
class Progress {
  #current = "";
  #reportedAt = performance.now();
  readonly #timer = setInterval(() => this.#reportIfDue(), progressEveryMs);

  constructor(private readonly onProgress: (line: string) => void) {}

  at(event: MigrationProgress): void {
    this.#current =
      event.phase === "waiting"
        ? "waiting for another process that is migrating this database"
        : `${stepTitle(event.step)}, ${event.statement} of ${event.statements}`;
    // SQLite blocks the event loop and with it the timer, so each event checks the clock itself.
    this.#reportIfDue();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  #reportIfDue(): void {
    if (this.#current === "" || performance.now() - this.#reportedAt < progressEveryMs) return;
    this.#reportedAt = performance.now();
    this.onProgress(`${this.#current} ...`);
  }
}

/** `0002_exact_and_indexed` as words: `step 2: exact and indexed`. */
function stepTitle(name: string): string {
  return `step ${name.replace(/^0*(\d+)_/, "$1: ").replaceAll("_", " ")}`;
}
