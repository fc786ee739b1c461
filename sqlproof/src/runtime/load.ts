/** What an open database is doing at the moment, as plain numbers for whoever watches it. */
export interface DatabaseLoad {
  /** One pool of connections per MariaDB server; none on SQLite. */
  readonly pools: readonly PoolLoad[];
  /** The nodes of a cluster; none without one. */
  readonly nodes: readonly NodeLoad[];
  /** Writes that wait for the one writer of SQLite. */
  readonly writesWaiting: number;
  /** Transactions that were committed since it was opened: those that share one durable commit count as one. */
  readonly commits: number;
  /** How many writes shared each commit, at most 1, 2, 4, ... 128; null where transactions are not shared (MariaDB). */
  readonly commitSizes: readonly number[] | null;
  /** The number of writes in all these commits. */
  readonly writesCommitted: number;
}

export interface PoolLoad {
  /** `host:port` of the node; empty without a cluster. */
  readonly node: string;
  readonly limit: number;
  /** Connections, idle or not, with those that are being opened. */
  readonly open: number;
  readonly idle: number;
  /** Callers that wait for a connection. */
  readonly waiting: number;
}

interface NodeLoad {
  readonly node: string;
  readonly state: "up" | "doubted" | "behind" | "down";
  /** Whether writes go to this node. */
  readonly isWriter: boolean;
}

/** How much space a database takes, in bytes. */
export interface DatabaseSize {
  readonly data: number;
  /** Commits that are not in the data yet (the WAL of SQLite). */
  readonly log: number;
}
