import { type ReservedSQL, SQL } from "bun";
import type { Bound } from "../codec/encode.ts";
import {
  type MariadbDriver,
  type MariadbOptions,
  type ServerConnection,
  silenceLimit,
  statementLimit,
} from "./driver.ts";
import { sessionStatements } from "./session.ts";
import { Watchdog } from "./watchdog.ts";

/** The client built into Bun: `#mariadb` on Bun. */
export const bunDriver: MariadbDriver = {
  name: "Bun's client",
  rowsAffected,
  async connect(options: MariadbOptions, lost: () => void): Promise<ServerConnection> {
    // One client per connection, and that connection reserved: the client would replace a lost connection with a new
    // one whose session is not set up, but it never replaces a reserved one.
    const client = new SQL({ ...clientOptions(options), max: 1, onclose: lost });
    try {
      const reserved = await client.reserve();
      const connection = new BunConnection(client, reserved, silenceLimit(options));
      for (const statement of sessionStatements(statementLimit(options), options.wsrepSyncWait))
        await connection.command(statement);
      return connection;
    } catch (error) {
      void client.close({ timeout: 0 }).catch(closedAlready);
      throw error;
    }
  },
};

export { bunDriver as runtimeDriver };

function clientOptions(options: MariadbOptions) {
  return {
    adapter: "mariadb" as const,
    ...(options.socketPath === undefined
      ? { hostname: options.host ?? "127.0.0.1", port: options.port ?? 3306 }
      : { path: options.socketPath }),
    username: options.user,
    password: options.password,
    database: options.database,
    connectionTimeout: (options.connectTimeoutMs ?? 3000) / 1000,
    foundRows: true,
    tls: false,
  };
}

function rowsAffected(result: unknown): number {
  if (!Array.isArray(result)) return 0;
  // For a statement that returns rows, the server reports no written rows.
  if (result.length > 0 || !("affectedRows" in result)) return result.length;
  return Number(result.affectedRows);
}

class BunConnection implements ServerConnection {
  readonly #client: SQL;
  readonly #reserved: ReservedSQL;
  readonly #watch: Watchdog;

  constructor(client: SQL, reserved: ReservedSQL, silenceMs: number) {
    this.#client = client;
    this.#reserved = reserved;
    this.#watch = new Watchdog(silenceMs, () => this.destroy());
  }

  execute(text: string, values: Bound[]): Promise<unknown> {
    this.#watch.begin();
    return this.#reserved.unsafe(text, values).values();
  }

  settled(): void {
    this.#watch.end();
  }

  command(text: string): Promise<unknown> {
    this.#watch.begin();
    return this.#watched(this.#reserved.unsafe(text).simple());
  }

  async #watched<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      this.#watch.end();
    }
  }

  async end(): Promise<void> {
    await this.#reserved.release();
    await this.#client.close();
  }

  destroy(): void {
    void this.#reserved.close({ timeout: 0 }).catch(closedAlready);
    void this.#client.close({ timeout: 0 }).catch(closedAlready);
  }
}

/** A connection that is already gone does not need closing. */
function closedAlready(): void {}
