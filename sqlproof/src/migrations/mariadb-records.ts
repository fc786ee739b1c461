import { type Connection, SqlError } from "mariadb";
import { MigrationError } from "./error.ts";
import type { MigrationStep } from "./files.ts";
import { defaultLockTimeoutMs, type MigrationOptions, type RecordedStep, unfinishedStep } from "./plan.ts";
import { recordedQuery, recordedSteps } from "./recorded.ts";

/** Row 0 is the lock; (version, 0) is a step; (version, n) is a finished statement of an unfinished step. */
const createTable = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version INT NOT NULL,
  statement INT NOT NULL,
  name VARCHAR(200) NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  adopted TINYINT(1) NOT NULL,
  finished_at DATETIME NULL,
  PRIMARY KEY (version, statement)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin`;

const lockWaitTimeout = 1205;

/** Creates the records table with its lock row. */
export async function createRecords(connection: Connection): Promise<void> {
  await connection.query(createTable);
  // Checks with a plain read first: an INSERT would wait for the holder of the lock.
  const found: unknown[] = await connection.query("SELECT 1 FROM schema_migrations WHERE version = 0");
  if (found.length > 0) return;
  try {
    await connection.query("INSERT IGNORE INTO schema_migrations VALUES (0, 0, 'lock', '', 0, NULL)");
  } catch (error) {
    if (!(error instanceof SqlError) || error.errno !== lockWaitTimeout) throw error;
  }
}

/**
 * Holds the lock row until the connection ends, even if this process is killed. It does not use GET_LOCK, which a
 * Galera cluster does not support.
 */
export async function lockRecords(connection: Connection, options: MigrationOptions): Promise<void> {
  const deadline = performance.now() + (options.lockTimeoutMs ?? defaultLockTimeoutMs);
  // This connection is idle while the other one works, possibly for longer than the server's default limit.
  await connection.query("SET SESSION wait_timeout = 86400, innodb_lock_wait_timeout = 1");
  await connection.beginTransaction();
  for (;;) {
    try {
      await connection.query("SELECT version FROM schema_migrations WHERE version = 0 AND statement = 0 FOR UPDATE");
      return;
    } catch (error) {
      if (!(error instanceof SqlError) || error.errno !== lockWaitTimeout) throw error;
      if (performance.now() > deadline)
        throw new MigrationError("locked", "Another process is migrating the database: try again when it is done.", {
          cause: error,
        });
      options.onProgress?.({ phase: "waiting" });
    }
  }
}

/** The records of a database, read and written over one connection. */
export class MariadbRecords {
  /** `isUnfinished` leaves out the mark of a database that is being filled. */
  constructor(
    private readonly connection: Connection,
    private readonly isUnfinished = false,
  ) {}

  async steps(): Promise<RecordedStep[]> {
    const tables = await this.#rows(
      "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'schema_migrations'",
    );
    if (tables.length === 0) return [];
    const steps = recordedSteps(await this.#rows(recordedQuery));
    return this.isUnfinished ? steps.filter(({ name }) => name !== unfinishedStep.name) : steps;
  }

  /** Every table and view except the records table. */
  async otherTables(): Promise<string[]> {
    const rows = await this.#rows(
      "SELECT table_name FROM information_schema.tables" +
        " WHERE table_schema = DATABASE() AND table_name <> 'schema_migrations' ORDER BY table_name",
    );
    return rows.map(([name]) => String(name));
  }

  /** The rows of the first check that returns any: each is a reason not to adopt the database. */
  async firstReasons(checks: readonly { readonly text: string }[]): Promise<string[]> {
    for (const { text } of checks) {
      const rows = await this.#rows(text);
      if (rows.length > 0) return rows.map(([reason]) => String(reason));
    }
    return [];
  }

  /** Records the step as adopted. */
  async adopt(step: MigrationStep): Promise<void> {
    await this.connection.query("INSERT INTO schema_migrations VALUES (?, 0, ?, ?, 1, UTC_TIMESTAMP())", [
      step.version,
      step.name,
      step.checksum,
    ]);
  }

  /** Records the step as begun, before its first statement. Returns the statements that are done already. */
  async begin(step: MigrationStep): Promise<Set<number>> {
    const begun = (await this.steps()).find((record) => record.version === step.version);
    if (begun === undefined) {
      await this.connection.query("INSERT INTO schema_migrations VALUES (?, 0, ?, ?, 0, NULL)", [
        step.version,
        step.name,
        step.checksum,
      ]);
    } else if (begun.checksum !== step.checksum) {
      // The file changed while the step was unfinished, so all its statements run again.
      await this.connection.query("DELETE FROM schema_migrations WHERE version = ? AND statement > 0", [step.version]);
      await this.connection.query("UPDATE schema_migrations SET name = ?, checksum = ? WHERE version = ?", [
        step.name,
        step.checksum,
        step.version,
      ]);
    }
    const rows = await this.#rows("SELECT statement FROM schema_migrations WHERE version = ? AND statement > 0", [
      step.version,
    ]);
    return new Set(rows.map(([statement]) => Number(statement)));
  }

  async statementDone(step: MigrationStep, statement: number): Promise<void> {
    await this.connection.query("INSERT INTO schema_migrations VALUES (?, ?, ?, '', 0, UTC_TIMESTAMP())", [
      step.version,
      statement,
      step.name,
    ]);
  }

  /** Records the step as finished and deletes the records of its statements. */
  async finish(step: MigrationStep): Promise<void> {
    await this.connection.query(
      "UPDATE schema_migrations SET finished_at = UTC_TIMESTAMP() WHERE version = ? AND statement = 0",
      [step.version],
    );
    await this.connection.query("DELETE FROM schema_migrations WHERE version = ? AND statement > 0", [step.version]);
  }

  #rows(text: string, values: (string | number)[] = []): Promise<unknown[][]> {
    return this.connection.query(text, values);
  }
}
