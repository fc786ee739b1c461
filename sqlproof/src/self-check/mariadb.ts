// The self-check at startup: settings and tables with which a database could lose, duplicate or mix up data.
// Each problem is reported with the statement that fixes it; nothing is changed.
import { type Connection, createConnection } from "mariadb";
import { firstNode } from "../runtime/mariadb/first-node.ts";
import { connectionConfig, type MariadbOptions, mariadbError } from "../runtime/mariadb/open.ts";
import { sessionStatements } from "../runtime/mariadb/session.ts";
import { isClusterNode, settingsQuery, settingValues, unsafeSettings } from "./server-settings.ts";
import { sessionQuery, unsafeSession } from "./session-settings.ts";
import { tableQueries, unsafeTables } from "./tables.ts";
import { UnsafeDatabaseError } from "./unsafe.ts";

export { UnsafeDatabaseError } from "./unsafe.ts";

/** Throws if the settings of a server, or of the nodes of a cluster, endanger the data. Changes nothing. */
export async function refuseUnsafeServer({ database: _, ...server }: MariadbOptions): Promise<void> {
  const nodes = server.nodes ?? [];
  const problems: string[] = [];
  let failure: unknown = null;
  let asked = 0;
  for (const place of nodes.length === 0 ? [null] : nodes) {
    try {
      const found = await withConnection({ ...server, ...place }, settingsOf);
      problems.push(...found.map((problem) => (place === null ? problem : `${place.host}:${place.port}: ${problem}`)));
      asked += 1;
    } catch (error) {
      // A node that is down now is checked when it comes up.
      failure = mariadbError(error);
    }
  }
  if (problems.length > 0) throw new UnsafeDatabaseError(problems);
  if (asked === 0) throw failure;
}

/** Throws if the definitions of these tables endanger the data in them. */
export async function refuseUnsafeTables(server: MariadbOptions, tables: readonly string[]): Promise<void> {
  const problems = await withConnection(await firstNode(server), async (connection) => {
    const everything = isClusterNode(settingValues(await connection.query(settingsQuery)));
    const [all, keys, columns] = tableQueries;
    const found = [await connection.query(all), await connection.query(keys), await connection.query(columns)] as const;
    return unsafeTables(found, everything ? null : tables);
  });
  if (problems.length > 0) throw new UnsafeDatabaseError(problems);
}

/** Connects without this package's session settings, which an old server would reject. */
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
  const problems = unsafeSettings(values);
  return values.has("innodb_snapshot_isolation") ? [...problems, ...(await sessionProblems(connection))] : problems;
}

async function sessionProblems(connection: Connection): Promise<string[]> {
  for (const statement of sessionStatements(0)) await connection.query(statement);
  return unsafeSession(await connection.query(sessionQuery));
}
