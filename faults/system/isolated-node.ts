import { createConnection } from "mariadb";
import type { PrivateCluster, PrivateNode } from "sqlproof/private-cluster";

/** What a node did while it was apart from the others. */
export interface Seen {
  readonly writesTaken: number;
  readonly readsWaited: number;
  /** Reads that waited for the others and still showed less than had been acknowledged before. */
  readonly staleReads: number;
  /** The same without waiting: that there are any shows that this can see them. */
  readonly staleWithoutWaiting: number;
}

const scratch = "fault_scratch";

/** A table beside the company's, whose counter the majority raises. */
export async function makeScratch(cluster: PrivateCluster): Promise<void> {
  const [node] = cluster.nodes;
  await node?.ask(`CREATE DATABASE IF NOT EXISTS ${scratch}`);
  await node?.ask(`CREATE TABLE IF NOT EXISTS ${scratch}.counter (id INT NOT NULL PRIMARY KEY, n INT NOT NULL)`);
  await node?.ask(`INSERT IGNORE INTO ${scratch}.counter VALUES (1, 0)`);
}

/**
 * Raises a counter over a node of the majority, and meanwhile reads it from and writes to the node that is apart, over
 * connections of its own, until it is told to stop.
 */
export class Minority {
  #over = false;
  #acknowledged = 0;
  readonly #seen = { writesTaken: 0, readsWaited: 0, staleReads: 0, staleWithoutWaiting: 0 };
  readonly #work: Promise<unknown>;

  constructor(
    private readonly cluster: PrivateCluster,
    private readonly apart: PrivateNode,
  ) {
    this.#work = Promise.all([this.#raise(), this.#read(1), this.#read(0), this.#write()]);
  }

  async stop(): Promise<Seen> {
    this.#over = true;
    await this.#work;
    return this.#seen;
  }

  async #raise(): Promise<void> {
    const node = this.cluster.nodes.find((candidate) => candidate !== this.apart);
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

  /** Again and again; what the node refuses, or does not answer, is as it should be. */
  async #while(work: (ask: (text: string) => Promise<unknown[][]>) => Promise<void>): Promise<void> {
    while (!this.#over) {
      const { host, port } = this.apart;
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
