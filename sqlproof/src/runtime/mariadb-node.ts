import { DatabaseError } from "./errors.ts";
import type { MariadbDriver, MariadbNode, MariadbOptions, ServerConnection } from "./mariadb-driver.ts";
import { mariadbError } from "./mariadb-errors.ts";
import { ConnectionPool, within } from "./mariadb-pool.ts";
import type { MariadbRunner } from "./mariadb-queryable.ts";

/**
 * `up`: serves. `doubted`: a connection to it failed and it is being asked. `behind`: it gives its data to another node or
 * has still to apply what it missed, and serves only when no node is up. `down`: it cannot be used.
 */
export type NodeState = "up" | "doubted" | "behind" | "down";

/** How a node answered. */
export type Look =
  | { readonly found: "up" | "behind"; readonly cluster: string }
  | { readonly found: "down"; readonly reason: string; readonly error: DatabaseError | null }
  | { readonly found: "silent" };

const lookLimitMs = 1000;
/** After a stall of this process the answer may be there, unread, when the time is up. */
const graceMs = 100;
const statusQuery =
  "SHOW GLOBAL STATUS WHERE Variable_name IN" +
  " ('wsrep_ready', 'wsrep_local_state', 'wsrep_local_state_comment', 'wsrep_cluster_status', 'wsrep_cluster_state_uuid')";
const causalRead = "SELECT @@wsrep_on";

/** One node of a cluster: its pool, and a connection of its own by which it is asked how it is. */
export class ClusterNode {
  readonly name: string;
  readonly pool: ConnectionPool;
  readonly database: MariadbRunner;
  state: NodeState = "down";
  /** Why it is not up, as the end of a sentence. */
  reason = "was not asked yet";
  /** What asking it failed with, or null. */
  error: DatabaseError | null = null;
  readonly #driver: MariadbDriver;
  readonly #options: MariadbOptions;
  #probe: ServerConnection | null = null;
  #looking: Promise<Look> | null = null;

  constructor(
    driver: MariadbDriver,
    options: MariadbOptions,
    { host, port }: MariadbNode,
    databaseOver: (pool: ConnectionPool) => MariadbRunner,
  ) {
    const { socketPath: _, ...rest } = options;
    this.name = `${host}:${port}`;
    this.pool = new ConnectionPool(driver, { wsrepSyncWait: 7, ...rest, host, port });
    this.database = databaseOver(this.pool);
    this.#driver = driver;
    // SELECT waits for the others, SHOW does not.
    this.#options = { ...rest, host, port, wsrepSyncWait: 1, connectTimeoutMs: lookLimitMs };
  }

  /** Asks the node how it is, within about a second; who asks meanwhile gets the same answer. */
  look(): Promise<Look> {
    this.#looking ??= this.#ask().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Serves from now on. */
  admit(state: "up" | "behind"): void {
    this.state = state;
    this.reason = state === "up" ? "" : "is behind the others";
    this.error = null;
    this.pool.accept();
  }

  /** Serves no more: what runs on it is cut, because it may never be answered. */
  dismiss(reason: string, error: DatabaseError | null): void {
    this.state = "down";
    this.reason = reason;
    this.error = error;
    this.pool.refuse(new DatabaseError("unavailable", `node ${this.name} ${reason}`, { cause: error }));
  }

  async close(): Promise<void> {
    this.#endProbe();
    await this.pool.close();
  }

  async #ask(): Promise<Look> {
    const late = Symbol("late");
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<typeof late>((resolve) => {
      timer = setTimeout(() => setTimeout(() => resolve(late), graceMs), lookLimitMs);
    });
    try {
      const rows = await Promise.race([this.#status(), limit]);
      if (rows !== late) return readStatus(rows);
      this.#endProbe();
      return { found: "silent" };
    } catch (thrown) {
      this.#endProbe();
      const error = mariadbError(thrown);
      const refusal = error instanceof DatabaseError ? error : new DatabaseError("unavailable", String(thrown));
      return { found: "down", reason: `cannot be reached (${refusal.message})`, error: refusal };
    } finally {
      clearTimeout(timer);
    }
  }

  async #status(): Promise<unknown> {
    this.#probe ??= await this.#connect();
    const probe = this.#probe;
    // A node that was frozen says for a while that it belongs to a majority that has left it out. Only an answer that
    // needs the others proves that it does; of a node that serves it is not asked, because it stalls when another dies.
    if (this.state === "down") await asked(probe, causalRead);
    return await asked(probe, statusQuery);
  }

  #connect(): Promise<ServerConnection> {
    const opening = this.#driver.connect(this.#options, () => {
      this.#probe = null;
    });
    return within(opening, lookLimitMs, (late) => late.destroy());
  }

  #endProbe(): void {
    this.#probe?.destroy();
    this.#probe = null;
  }
}

async function asked(probe: ServerConnection, text: string): Promise<unknown> {
  try {
    return await probe.execute(text, []);
  } finally {
    probe.settled();
  }
}

function readStatus(rows: unknown): Look {
  const values = new Map<string, string>();
  if (Array.isArray(rows)) for (const [name, value] of rows) values.set(String(name).toLowerCase(), String(value));
  const state = values.get("wsrep_local_state_comment") ?? "";
  const down = (reason: string): Look => ({ found: "down", reason, error: null });
  if (!values.has("wsrep_ready")) return down("is no node of a Galera cluster");
  if (values.get("wsrep_cluster_status") === "Disconnected") return down("is in no Galera cluster");
  if (values.get("wsrep_cluster_status") !== "Primary") return down("is cut off from the majority of the cluster");
  if (values.get("wsrep_ready") !== "ON") return down(`is not ready (${state})`);
  const cluster = values.get("wsrep_cluster_state_uuid") ?? "";
  switch (values.get("wsrep_local_state")) {
    case "4":
      return { found: "up", cluster };
    case "2":
    case "3":
      return { found: "behind", cluster };
    default:
      return down(`is joining the cluster (${state})`);
  }
}
