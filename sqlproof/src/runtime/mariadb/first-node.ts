import { createConnection } from "mariadb";
import { DatabaseError } from "../errors.ts";
import type { MariadbOptions } from "./driver.ts";
import { mariadbError } from "./errors.ts";
import { statusQuery, unusableReason } from "./node-status.ts";
import { connectionConfig } from "./npm.ts";

/**
 * The options of one server: the first healthy one of several nodes, which every process that starts chooses alike.
 * Work that needs one connection throughout runs there.
 */
export async function firstNode(options: MariadbOptions): Promise<MariadbOptions> {
  const { nodes = [], socketPath: _, ...rest } = options;
  const [only] = nodes;
  if (only === undefined) return options;
  if (nodes.length === 1) return { ...rest, ...only };
  const reasons: string[] = [];
  for (const place of nodes) {
    const server = { ...rest, ...place, wsrepSyncWait: 7 };
    const problem = await problemOf(server);
    if (problem === null) return server;
    reasons.push(`${place.host}:${place.port} ${problem}`);
  }
  throw new DatabaseError("unavailable", `no node of the cluster can be used: ${reasons.join("; ")}`);
}

async function problemOf({ database: _, ...server }: MariadbOptions): Promise<string | null> {
  const { initSql: __, ...config } = connectionConfig({ ...server, connectTimeoutMs: 1000 });
  try {
    const connection = await createConnection({ ...config, socketTimeout: 2000 });
    try {
      return unusableReason(await connection.query(statusQuery));
    } finally {
      connection.destroy();
    }
  } catch (thrown) {
    const error = mariadbError(thrown);
    if (error instanceof DatabaseError && error.kind === "access-denied") throw error;
    return `cannot be reached (${error instanceof Error ? error.message : String(error)})`;
  }
}
