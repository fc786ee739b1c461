import type { Bound } from "../codec/encode.ts";
import { DatabaseError, type DatabaseErrorKind } from "../errors.ts";
import type { DatabaseLoad, DatabaseSize } from "../load.ts";
import { provenQuery } from "../query.ts";
import type { Database, Exact, Query, Transaction } from "../types.ts";
import type { ClusterEvent, MariadbDriver, MariadbNode, MariadbOptions } from "./driver.ts";
import { ClusterNode, type ProbeResult } from "./node.ts";
import type { ConnectionPool } from "./pool.ts";
import { MariadbQueryable, type MariadbRunner, type Reader } from "./queryable.ts";

const probeEveryMs = 500;
/** How long a write waits to learn whether its node is healthy before it uses another. */
const doubtMs = 250;
/** "WSREP has not yet prepared node for application use": the node itself says that it is cut off. */
const notReady = 1047;
/** Errors after which a node is probed before it serves again; a connection lost during COMMIT is one of them. */
const nodeErrors: ReadonlySet<DatabaseErrorKind> = new Set(["unavailable", "unknown-outcome"]);
const otherCluster = "belongs to another cluster";

/**
 * Opens the nodes of one Galera cluster as one database. Writes go to one node as long as it is healthy; reads go there
 * too, or to any node. Throws when no node is usable.
 */
export async function openCluster(
  driver: MariadbDriver,
  options: MariadbOptions,
  places: readonly MariadbNode[],
  databaseOver: (pool: ConnectionPool) => MariadbRunner,
): Promise<Database> {
  const nodes = places.map((place) => new ClusterNode(driver, options, place, databaseOver));
  const cluster = new MariadbCluster(nodes, options);
  try {
    await cluster.open();
    return cluster;
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

class MariadbCluster extends MariadbQueryable implements Database {
  #writer: ClusterNode | null = null;
  #nextReader = 0;
  /** The cluster's UUID, from the first node that was up: a node of another cluster must never be written to. */
  #identity = "";
  /** Wakes those who wait for a node. */
  #waiting: (() => void)[] = [];
  #opened = false;
  #closed = false;
  readonly #heartbeat: ReturnType<typeof setInterval>;
  readonly #waitLimitMs: number;
  readonly #readAnywhere: boolean;
  readonly #report: (event: ClusterEvent) => void;

  constructor(
    private readonly nodes: readonly ClusterNode[],
    options: MariadbOptions,
  ) {
    super();
    this.#waitLimitMs = options.acquireTimeoutMs ?? 3000;
    this.#readAnywhere = options.clusterReads === "any";
    this.#report = options.onClusterEvent ?? (() => undefined);
    this.#heartbeat = setInterval(() => {
      for (const node of this.nodes) void this.#probe(node);
    }, probeEveryMs);
    this.#heartbeat.unref();
  }

  async open(): Promise<void> {
    // In the order of the list, so that every process that starts chooses the same cluster and the same writer.
    const probes = await Promise.all(this.nodes.map(async (node) => ({ node, result: await node.probe() })));
    for (const { node, result } of probes) this.#apply(node, result);
    const foreign = this.nodes.find(({ reason }) => reason === otherCluster);
    if (foreign !== undefined)
      throw new DatabaseError("other", `node ${foreign.name} ${otherCluster} than the nodes before it`);
    const refused = this.nodes.find(
      ({ error }) => error?.kind === "access-denied" || error?.kind === "no-such-database",
    );
    if (this.#chosenWriter() === null) throw refused?.error ?? this.#noNode();
    await this.#writer?.pool.open();
    this.#opened = true;
    for (const node of this.nodes)
      if (node.state === "down") this.#report({ event: "node-down", node: node.name, reason: node.reason });
    if (this.#writer !== null && this.#writer !== this.nodes[0])
      this.#report({ event: "writer", node: this.#writer.name });
  }

  async answer<T>(query: Query<unknown, unknown>, params: unknown, read: Reader<T>): Promise<T> {
    if (provenQuery(query).mariadb.writes) return this.#onWriter((node) => node.database.answer(query, params, read));
    for (let tries = 1; ; tries++) {
      const node = this.#reader() ?? (await this.#nextWriter());
      try {
        return await node.database.answer(query, params, read);
      } catch (error) {
        // A read may be retried on another node.
        if (!(this.#blames(node, error) || this.#lostOthers(node, error)) || tries > this.nodes.length) throw error;
      }
    }
  }

  runMany<P, R, A extends P>(query: Query<P, R>, params: readonly Exact<P, A>[]): Promise<number> {
    return this.transaction((tx) => tx.runMany(query, params));
  }

  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#onWriter((node) => node.database.transaction(body));
  }

  /** Checks that the node for writes answers and is part of the majority. */
  ping(): Promise<void> {
    return this.#onWriter((node) => node.database.ping());
  }

  load(): DatabaseLoad {
    const loads = this.nodes.map(({ database }) => database.load());
    const commits = loads.reduce((sum, one) => sum + one.commits, 0);
    return {
      pools: this.nodes.map(({ name, pool }) => pool.load(name)),
      nodes: this.nodes.map((node) => ({ node: node.name, state: node.state, isWriter: node === this.#writer })),
      ...{ writesWaiting: 0, commits, commitSizes: null, writesCommitted: commits },
    };
  }

  size(): Promise<DatabaseSize> {
    return this.#onWriter((node) => node.database.size());
  }

  explain(text: string, values: readonly Bound[]): Promise<string> {
    return this.#onWriter((node) => node.database.explain(text, values));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#heartbeat);
    await Promise.all(this.nodes.map((node) => node.close()));
  }

  /** Does not retry: the caller decides what the failure of a write means. */
  async #onWriter<T>(work: (node: ClusterNode) => Promise<T>): Promise<T> {
    const node = this.#chosenWriter() ?? (await this.#nextWriter());
    try {
      return await work(node);
    } catch (error) {
      this.#blames(node, error);
      throw error;
    }
  }

  /** True when the node caused the error; it then serves nothing until it was probed. */
  #blames(node: ClusterNode, error: unknown): boolean {
    if (!(error instanceof DatabaseError) || !nodeErrors.has(error.kind)) return false;
    if (node.state !== "up" && node.state !== "behind") return true;
    if (error.code === notReady) this.#dismiss(node, "has left the cluster, or was cut off from its majority", error);
    else {
      node.state = "doubted";
      void this.#probe(node);
    }
    return true;
  }

  /** A plain read has no lock to wait for: its node waited for the other nodes and had lost them. */
  #lostOthers(node: ClusterNode, error: unknown): boolean {
    if (!(error instanceof DatabaseError) || error.kind !== "lock-timeout") return false;
    if (node.state === "up") node.state = "doubted";
    void this.#probe(node);
    return true;
  }

  /** The node for writes, which stays the same as long as it is up; null when the caller must wait for one. */
  #chosenWriter(): ClusterNode | null {
    const writer = this.#writer;
    if (writer?.state === "up") return writer;
    if (writer?.state === "doubted") return null;
    const next = this.nodes.find(({ state }) => state === "up") ?? this.nodes.find(({ state }) => state === "behind");
    if (next === undefined) return null;
    if (next !== writer) {
      this.#writer = next;
      if (this.#opened) this.#report({ event: "writer", node: next.name });
    }
    return next;
  }

  /** The node for the next read: the writer, or the nodes in rotation. */
  #reader(): ClusterNode | null {
    if (!this.#readAnywhere && this.#writer?.state === "up") return this.#writer;
    for (let tries = 0; tries < this.nodes.length; tries++) {
      this.#nextReader = (this.#nextReader + 1) % this.nodes.length;
      const node = this.nodes[this.#nextReader];
      if (node?.state === "up") return node;
    }
    return this.#chosenWriter();
  }

  /** Waits until a doubted node was probed, or until some node is up. */
  async #nextWriter(): Promise<ClusterNode> {
    const deadline = performance.now() + this.#waitLimitMs;
    const doubtedUntil = performance.now() + doubtMs;
    for (;;) {
      const leftToDoubtMs = doubtedUntil - performance.now();
      if (this.#writer?.state === "doubted" && leftToDoubtMs > 0) {
        await this.#change(leftToDoubtMs);
        continue;
      }
      // It does not answer at once, so another node takes over.
      if (this.#writer?.state === "doubted" && this.nodes.some(({ state }) => state === "up")) this.#writer = null;
      const node = this.#chosenWriter();
      if (node !== null) return node;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw this.#noNode();
      await this.#change(leftMs);
    }
  }

  /** Resolves when a node came up or was probed, or after the limit. */
  #change(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async #probe(node: ClusterNode): Promise<void> {
    const result = await node.probe();
    if (this.#closed) return;
    this.#apply(node, result);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #apply(node: ClusterNode, result: ProbeResult): void {
    if (result.found === "up" || result.found === "behind") {
      if (this.#identity === "") this.#identity = result.cluster;
      if (result.cluster === this.#identity) this.#admit(node, result.found);
      else this.#dismiss(node, otherCluster, null);
    } else if (result.found === "down") this.#dismiss(node, result.reason, null);
    else if (result.found === "unreachable") this.#dismiss(node, result.reason, result.error);
    else if (node.state === "down") node.reason = "does not answer";
    // When all nodes are slow, dismissing the last one would help nobody.
    else if (this.nodes.some((other) => other !== node && other.state === "up"))
      this.#dismiss(node, "does not answer", null);
    else this.#admit(node, "up");
  }

  #admit(node: ClusterNode, state: "up" | "behind"): void {
    const before = node.state;
    node.admit(state);
    if (before === "down" && this.#opened) this.#report({ event: "node-up", node: node.name });
  }

  #dismiss(node: ClusterNode, reason: string, error: DatabaseError | null): void {
    const before = node.state;
    node.dismiss(reason, error);
    if (before !== "down" && this.#opened) this.#report({ event: "node-down", node: node.name, reason });
  }

  #noNode(): DatabaseError {
    const reasons = this.nodes.map(({ name, reason }) => `${name} ${reason}`);
    return new DatabaseError("unavailable", `no node of the cluster can be used: ${reasons.join("; ")}`);
  }
}
