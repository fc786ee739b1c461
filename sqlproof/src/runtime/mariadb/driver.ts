import type { Bound } from "../codec/encode.ts";
import type { StatementObserver } from "../observed.ts";

/** Where one node of a cluster listens. */
export interface MariadbNode {
  readonly host: string;
  readonly port: number;
}

/** A change in a cluster, for the log. */
export type ClusterEvent =
  | { readonly event: "node-down"; readonly node: string; readonly reason: string }
  | { readonly event: "node-up"; readonly node: string }
  /** Writes go to this node from now on. */
  | { readonly event: "writer"; readonly node: string };

/** How to reach a MariaDB server. Times are in milliseconds. */
export interface MariadbOptions {
  /** The nodes of one Galera cluster; `host`, `port` and `socketPath` are then ignored. */
  readonly nodes?: readonly MariadbNode[];
  /** Called when a node of the cluster goes down or comes up, and when writes move to another node. */
  readonly onClusterEvent?: ((event: ClusterEvent) => void) | undefined;
  /** Called after each statement. Default: nobody watches, and nothing costs more. */
  readonly onStatement?: StatementObserver | undefined;
  /**
   * With several nodes: 7 makes every statement wait until its node has applied everything that the cluster committed
   * before, so that it sees every acknowledged write; 0 does not wait. Default 7 with several nodes, else the server's.
   */
  readonly wsrepSyncWait?: number;
  /**
   * With several nodes: where reads outside transactions go. `any` spreads them over all nodes, which pays for long
   * reads only: waiting for the other nodes costs more than a short read. Default `writer`.
   */
  readonly clusterReads?: "any" | "writer";
  readonly host?: string;
  readonly port?: number;
  readonly socketPath?: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** The maximum number of connections. Default 10. */
  readonly connectionLimit?: number;
  /** How long a query waits for a free connection. Default 3000. */
  readonly acquireTimeoutMs?: number;
  /** How long opening a connection may take. Default 3000. */
  readonly connectTimeoutMs?: number;
  /** The server ends a statement after this time; 0 means no limit. Default 10000. */
  readonly statementTimeoutMs?: number;
  /** How long the server may stay silent beyond a statement's limit before its connection is closed. Default 5000. */
  readonly silenceTimeoutMs?: number;
}

/**
 * One connection of one driver, with its session set up. Each call settles within the statement limit plus the silence
 * limit, even when the server is frozen; calls made together are answered in order.
 */
export interface ServerConnection {
  /** Runs a prepared statement. Resolves with rows as arrays of values, or with the input of `rowsAffected`. */
  execute(text: string, values: Bound[]): Promise<unknown>;
  /** The caller calls it when the promise of `execute` has settled, which ends the watch for silence. */
  settled(): void;
  /** Runs a statement as text: COMMIT, ROLLBACK. */
  command(text: string): Promise<unknown>;
  /** Closes the connection in an orderly way. */
  end(): Promise<void>;
  /** Closes the connection at once; whatever runs on it fails. */
  destroy(): void;
}

/** A client library for MariaDB. This interface hides everything that differs between libraries. */
export interface MariadbDriver {
  readonly name: string;
  /** The number of rows that a write matched or returned, read from the result of `execute`. */
  rowsAffected(result: unknown): number;
  /** Opens one connection. `lost` is called once when it ends in any way but by `end` or `destroy`. */
  connect(options: MariadbOptions, lost: () => void): Promise<ServerConnection>;
}

/** How long a statement may run on the server; 0 means no limit. */
export function statementLimit(options: Pick<MariadbOptions, "statementTimeoutMs">): number {
  return options.statementTimeoutMs ?? 10_000;
}

/** A connection is closed after this time without an answer, 0 meaning never. It exceeds the server's own limit. */
export function silenceLimit(options: Pick<MariadbOptions, "statementTimeoutMs" | "silenceTimeoutMs">): number {
  const statement = statementLimit(options);
  return statement === 0 ? 0 : statement + (options.silenceTimeoutMs ?? 5000);
}
