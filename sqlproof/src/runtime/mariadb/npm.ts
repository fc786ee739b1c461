import {
  type MariadbDriver,
  type MariadbOptions,
  type ServerConnection,
  silenceLimit,
  statementLimit,
} from "./driver.ts";
import { sessionStatements } from "./session.ts";

/** The vendor's own client, npm `mariadb`: `#mariadb` on Node. */
export const npmDriver: MariadbDriver = {
  name: "npm mariadb",
  rowsAffected,
  async connect(options: MariadbOptions, lost: () => void): Promise<ServerConnection> {
    // Most programs need only its settings, and loading it costs more than the rest of a start.
    const { createConnection } = await import("mariadb");
    const connection = await createConnection(connectionConfig(options));
    // Without a listener an error of an idle connection would end the process.
    connection.on("error", lost);
    connection.on("end", lost);
    return {
      execute: (text, values) => connection.execute(text, values),
      // The client itself has a timeout for a silent socket.
      settled() {},
      command: (text) => connection.query(text),
      end: () => connection.end(),
      destroy: () => connection.destroy(),
    };
  },
};

export { npmDriver as runtimeDriver };

function rowsAffected(result: unknown): number {
  if (Array.isArray(result)) return result.length;
  return typeof result === "object" && result !== null && "affectedRows" in result ? Number(result.affectedRows) : 0;
}

/** The client settings that this package relies on: exact types, row counts, and the checker's session. */
export function connectionConfig(options: Omit<MariadbOptions, "database"> & { readonly database?: string }) {
  return {
    ...(options.socketPath === undefined
      ? { host: options.host ?? "127.0.0.1", port: options.port ?? 3306 }
      : { socketPath: options.socketPath }),
    user: options.user,
    password: options.password,
    ...(options.database === undefined ? {} : { database: options.database }),
    charset: "utf8mb4",
    connectTimeout: options.connectTimeoutMs ?? 3000,
    socketTimeout: silenceLimit(options),
    initSql: sessionStatements(statementLimit(options), options.wsrepSyncWait),
    rowsAsArray: true,
    dateStrings: true,
    insertIdAsNumber: true,
    autoJsonMap: false,
    foundRows: true,
    permitSetMultiParamEntries: false,
    prepareCacheLength: 512,
  };
}
