import type { Bound } from "../codec/encode.ts";

/** Where one node of a cluster listens. */
export interface MariadbNode {
  readonly host: string;
  readonly port: number;
}

/** What happened to a cluster, for the log. */
export type ClusterEvent =
  | { readonly event: "node-down"; readonly node: string; readonly reason: string }
  | { readonly event: "node-up"; readonly node: string }
  /** Writes go to this node from now on. */
  | { readonly event: "writer"; readonly node: string };

/** How to reach a MariaDB server. Times are in milliseconds. */
export interface MariadbOptions {
  /** The nodes of one Galera cluster; `host`, `port` and `socketPath` are then not looked at. */
  readonly nodes?: readonly MariadbNode[];
  /** Told when a node of the cluster goes down or comes up, and when writes move to another. */
  readonly onClusterEvent?: ((event: ClusterEvent) => void) | undefined;
  /**
   * With several nodes: 7 makes every statement wait until its node has applied what the cluster had committed before,
   * so that every acknowledged write is seen; 0 does not wait. Default 7 with several nodes, else what the server has.
   */
  readonly wsrepSyncWait?: number;
  /**
   * With several nodes: where reads go that are no part of a transaction. `any` gives each node its share, which pays
   * when reads are long: that a node waits for the others costs more than a short read. Default `writer`.
   */
  readonly clusterReads?: "any" | "writer";
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
  /** Runs a statement as text: COMMIT, ROLLBACK. */
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
