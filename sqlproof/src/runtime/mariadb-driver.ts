import type { Bound } from "./encode.ts";

/** How to reach a MariaDB server. Times are in milliseconds. */
export interface MariadbOptions {
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Most connections at once. Default 10. */
  readonly connectionLimit?: number;
  /** How long a query waits for a free connection. Default 3000. */
  readonly acquireTimeoutMs?: number;
  /** How long opening a connection may take. Default 3000. */
  readonly connectTimeoutMs?: number;
  /** The server ends a statement after this time; 0 is no limit. Default 10000. */
  readonly statementTimeoutMs?: number;
  /** So much longer than a statement's time the server may be silent before its connection is given up. Default 5000. */
  readonly silenceTimeoutMs?: number;
}

/**
 * One connection of one driver, its session already set. Each call settles within the statement's time and the
 * time of silence, also when the server is frozen; calls made together are answered in their order.
 */
export interface ServerConnection {
  /** Runs a prepared statement. Resolves with an array of rows, each an array of values, or with what `rowsAffected` reads. */
  execute(text: string, values: Bound[]): Promise<unknown>;
  /** Told by the caller when what `execute` gave has settled: nothing is silent any more. */
  settled(): void;
  /** The same write for many sets of values; the rows affected in total. */
  executeMany(text: string, sets: Bound[][]): Promise<number>;
  /** Runs a statement as text: BEGIN, COMMIT, ROLLBACK. */
  command(text: string): Promise<unknown>;
  /** Takes leave of the server. */
  end(): Promise<void>;
  /** Cuts the connection now; what runs on it is refused. */
  destroy(): void;
}

/** A client library for MariaDB. Everything that differs between libraries is behind this. */
export interface MariadbDriver {
  readonly name: string;
  /** The rows that a write found, or gave back, by what its `execute` resolved with. */
  rowsAffected(result: unknown): number;
  /** Opens one connection. `lost` is called once when it ends in any way but by `end` or `destroy`. */
  connect(options: MariadbOptions, lost: () => void): Promise<ServerConnection>;
}

/** How long a statement may run on the server, 0 for ever. */
export function statementLimit(options: Pick<MariadbOptions, "statementTimeoutMs">): number {
  return options.statementTimeoutMs ?? 10_000;
}

/** After this time without an answer a connection is given up, 0 never: longer than the server's own limit. */
export function silenceLimit(options: Pick<MariadbOptions, "statementTimeoutMs" | "silenceTimeoutMs">): number {
  const statement = statementLimit(options);
  return statement === 0 ? 0 : statement + (options.silenceTimeoutMs ?? 5000);
}
