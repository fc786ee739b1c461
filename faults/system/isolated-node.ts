import { createConnection } from "mariadb";
import type { PrivateCluster, PrivateNode } from "sqlproof/private-cluster";

/** What an isolated node did. */
export interface Observations {
  readonly writesTaken: number;
  readonly readsWaited: number;
  /** Reads that waited for the other nodes and still missed an acknowledged write. */
  readonly staleReads: number;
  /** Stale reads that did not wait: any at all prove that this probe can see stale reads. */
  readonly staleWithoutWaiting: number;
}

const scratch = "fault_scratch";

/** Creates a table outside the product's schema, with the counter that the majority increments. */
export async function createCounterTable(cluster: PrivateCluster): Promise<void> {
  const [node] = cluster.nodes;
  await node?.ask(`CREATE DATABASE IF NOT EXISTS ${scratch}`);
  await node?.ask(`CREATE TABLE IF NOT EXISTS ${scratch}.counter (id INT NOT NULL PRIMARY KEY, n INT NOT NULL)`);
  await node?.ask(`INSERT IGNORE INTO ${scratch}.counter VALUES (1, 0)`);
}

/**
 * Increments a counter on a node of the majority, and meanwhile reads it from and writes to the isolated node, over
 * separate connections, until it is stopped.
 */
export class IsolatedNodeProbe {
  #over = false;
  #acknowledged = 0;
  readonly #seen = { writesTaken: 0, readsWaited: 0, staleReads: 0, staleWithoutWaiting: 0 };
  readonly #work: Promise<unknown>;

  constructor(
    private readonly cluster: PrivateCluster,
    private readonly isolated: PrivateNode,
  ) {
    this.#work = Promise.all([this.#raise(), this.#read(1), this.#read(0), this.#write()]);
  }

  async stop(): Promise<Observations> {
    this.#over = true;
    await this.#work;
    return this.#seen;
  }

  async #raise(): Promise<void> {
    const node = this.cluster.nodes.find((candidate) => candidate !== this.isolated);
    const rows = await node?.ask(`SELECT n FROM ${scratch}.counter WHERE id = 1`);
    for (let next = Number(rows?.[0]?.[0] ?? 0) + 1; !this.#over; next += 1) {
      await node?.ask(`UPDATE ${scratch}.counter SET n = ${next} WHERE id = 1`);
      this.#acknowledged = next;
    }
  }

  async #read(wait: 0 | 1): Promise<void> {
    const query = `SET STATEMENT wsrep_sync_wait = ${wait} FOR SELECT n FROM ${scratch}.counter WHERE id = 1`;
    await this.#while(async (ask) => {
      const least = this.#acknowledged;
      const [row] = await ask(query);
      if (wait === 1) this.#seen.readsWaited += 1;
      if (Number(row?.[0]) >= least) return;
      if (wait === 1) this.#seen.staleReads += 1;
      else this.#seen.staleWithoutWaiting += 1;
    });
  }

  async #write(): Promise<void> {
    let id = 1_000_000 + Math.round(performance.now());
    await this.#while(async (ask) => {
      id += 1;
      await ask(`INSERT INTO ${scratch}.counter VALUES (${id}, 0)`);
      this.#seen.writesTaken += 1;
    });
  }

  /** Repeats the work; it is fine if the node refuses it or does not answer. */
  async #while(work: (ask: (text: string) => Promise<unknown[][]>) => Promise<void>): Promise<void> {
    while (!this.#over) {
      const { host, port } = this.isolated;
      const { user, password } = this.cluster;
      const limits = { connectTimeout: 1000, socketTimeout: 1500 };
      const connection = await createConnection({ host, port, user, password, rowsAsArray: true, ...limits }).catch(
        () => null,
      );
      try {
        while (connection !== null && !this.#over) await work((text) => connection.query(text));
      } catch {
        await Bun.sleep(50);
      } finally {
        connection?.destroy();
      }
    }
  }
}
