import { type Connection, createConnection } from "mariadb";
import { connectionConfig, type MariadbOptions, mariadbError } from "../runtime/mariadb.ts";
import { firstNode } from "../runtime/mariadb-first-node.ts";
import { sessionStatements } from "../runtime/session.ts";
import { isClusterNode, settingsQuery, settingValues, unsafeSettings } from "./server-settings.ts";
import { UnsafeDatabaseError } from "./unsafe.ts";

export { UnsafeDatabaseError } from "./unsafe.ts";

/** Refuses a server, or nodes of a cluster, whose settings endanger what they are given. It changes nothing. */
export async function refuseUnsafeServer({ database: _, ...server }: MariadbOptions): Promise<void> {
  const nodes = server.nodes ?? [];
  const faults: string[] = [];
  let refusal: unknown = null;
  let asked = 0;
  for (const place of nodes.length === 0 ? [null] : nodes) {
    try {
      const found = await withConnection({ ...server, ...place }, settingsOf);
      faults.push(...found.map((fault) => (place === null ? fault : `${place.host}:${place.port}: ${fault}`)));
      asked += 1;
    } catch (error) {
      // A node that is down now is looked at when it comes up.
      refusal = mariadbError(error);
    }
  }
  if (faults.length > 0) throw new UnsafeDatabaseError(faults);
  if (asked === 0) throw refusal;
}

/** Refuses these tables of the database when their form endangers what is in them. */
export async function refuseUnsafeTables(server: MariadbOptions, tables: readonly string[]): Promise<void> {
  const faults = await withConnection(await firstNode(server), async (connection) => {
    const everything = isClusterNode(settingValues(await connection.query(settingsQuery)));
    return unsafeTables(connection, everything ? null : tables);
  });
  if (faults.length > 0) throw new UnsafeDatabaseError(faults);
}

/** Without our session, which an old server would refuse. */
async function withConnection<T>(
  server: Parameters<typeof connectionConfig>[0],
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { initSql: _, ...config } = connectionConfig(server);
  const connection = await createConnection(config);
  try {
    return await work(connection);
  } finally {
    await connection.end().catch(() => connection.destroy());
  }
}

async function settingsOf(connection: Connection): Promise<string[]> {
  const values = settingValues(await connection.query(settingsQuery));
  const faults = unsafeSettings(values);
  return values.has("innodb_snapshot_isolation") ? [...faults, ...(await sessionFaults(connection))] : faults;
}

/** What our own session comes to: a proxy between us and the server may have left some of it out. */
async function sessionFaults(connection: Connection): Promise<string[]> {
  for (const statement of sessionStatements(0)) await connection.query(statement);
  const [row]: unknown[][] = await connection.query(
    "SELECT @@SESSION.sql_mode, @@SESSION.innodb_snapshot_isolation, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW())",
  );
  const [mode, snapshots, shift] = (row ?? []).map(String);
  const between = "although this program sets it: connect past what stands between it and the server, or run";
  const faults: string[] = [];
  if (!/\bSTRICT_(ALL|TRANS)_TABLES\b/.test(mode ?? ""))
    faults.push(
      `No strict mode holds in our session, ${between} SET GLOBAL sql_mode = 'STRICT_ALL_TABLES'; Without it a value that does not fit is cut silently.`,
    );
  if (snapshots !== "1")
    faults.push(
      `innodb_snapshot_isolation is OFF in our session, ${between} SET GLOBAL innodb_snapshot_isolation = ON; Without it two people who change the same order overwrite each other unseen.`,
    );
  if (Math.abs(Number(shift)) > 1)
    faults.push(
      `The time zone of our session is not UTC, ${between} SET GLOBAL time_zone = '+00:00'; Without it the times of orders shift.`,
    );
  return faults;
}

async function unsafeTables(connection: Connection, only: readonly string[] | null): Promise<string[]> {
  const tables: unknown[][] = await connection.query(
    `SELECT t.TABLE_NAME, t.ENGINE,
       EXISTS (SELECT 1 FROM information_schema.TABLE_CONSTRAINTS c WHERE c.TABLE_SCHEMA = t.TABLE_SCHEMA
         AND c.TABLE_NAME = t.TABLE_NAME AND c.CONSTRAINT_TYPE = 'PRIMARY KEY')
     FROM information_schema.TABLES t WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE = 'BASE TABLE' ORDER BY 1`,
  );
  const columns: unknown[][] = await connection.query(
    `SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND DATA_TYPE IN ('float', 'double') ORDER BY 1, ORDINAL_POSITION`,
  );
  const ours = (name: unknown) => only === null || only.includes(String(name).toLowerCase());
  const faults: string[] = [];
  for (const [table, engine, hasKey] of tables.filter(([name]) => ours(name))) {
    if (engine !== "InnoDB")
      faults.push(
        `The table ${table} is of the engine ${engine}, which has no transactions and is not copied to other nodes. Run ALTER TABLE ${table} ENGINE = InnoDB;`,
      );
    if (Number(hasKey) !== 1)
      faults.push(
        `The table ${table} has no primary key, so a cluster cannot copy its changes reliably. Run ALTER TABLE ${table} ADD PRIMARY KEY (id); with its own columns.`,
      );
  }
  for (const [table, column, type] of columns.filter(([name]) => ours(name)))
    faults.push(
      `${table}.${column} is of the type ${String(type).toUpperCase()}, which does not hold amounts exactly. Run ALTER TABLE ${table} MODIFY ${column} DECIMAL(19,4); after a look at what it holds.`,
    );
  return faults;
}
