import { settingsQuery, settingValues, unsafeSettings } from "../../self-check/server-settings.ts";
import { DatabaseError } from "../errors.ts";
import type { MariadbDriver, MariadbNode, MariadbOptions, ServerConnection } from "./driver.ts";
import { mariadbError } from "./errors.ts";
import { type NodeStatus, readStatus, statusQuery } from "./node-status.ts";
import { ConnectionPool, within } from "./pool.ts";
import type { MariadbRunner } from "./queryable.ts";

/**
 * `up`: serves. `doubted`: a connection to it failed and it is being probed. `behind`: it sends its data to another
 * node or still has to apply what it missed, and serves only when no node is up. `down`: unusable.
 */
export type NodeState = "up" | "doubted" | "behind" | "down";

/** A node's answer to a probe, or that there was none. */
export type ProbeResult =
  | NodeStatus
  | { readonly found: "unreachable"; readonly reason: string; readonly error: DatabaseError }
  | { readonly found: "silent" };

const probeLimitMs = 1000;
/** After a stall of this process the answer may have arrived, unread, when the time is up. */
const graceMs = 100;
const causalRead = "SELECT @@wsrep_on";

/** One node of a cluster: its pool, and a separate connection on which it is probed. */
export class ClusterNode {
  readonly name: string;
  readonly pool: ConnectionPool;
  readonly database: MariadbRunner;
  state: NodeState = "down";
  /** Why it is not up, as the end of a sentence. */
  reason = "was not asked yet";
  /** The error of the last probe, or null. */
  error: DatabaseError | null = null;
  readonly #driver: MariadbDriver;
  readonly #options: MariadbOptions;
  #connection: ServerConnection | null = null;
  #probing: Promise<ProbeResult> | null = null;

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
    // SELECT waits for the other nodes, SHOW does not.
    this.#options = { ...rest, host, port, wsrepSyncWait: 1, connectTimeoutMs: probeLimitMs };
  }

  /** Asks the node for its state, within about a second; calls in the meantime share the answer. */
  probe(): Promise<ProbeResult> {
    this.#probing ??= this.#runProbe().finally(() => {
      this.#probing = null;
    });
    return this.#probing;
  }

  /** Lets the node serve. */
  admit(state: "up" | "behind"): void {
    this.state = state;
    this.reason = state === "up" ? "" : "is behind the others";
    this.error = null;
    this.pool.accept();
  }

  /** Stops the node from serving and closes its connections: what runs on them may never be answered. */
  dismiss(reason: string, error: DatabaseError | null): void {
    this.state = "down";
    this.reason = reason;
    this.error = error;
    this.pool.refuse(new DatabaseError("unavailable", `node ${this.name} ${reason}`, { cause: error }));
  }

  async close(): Promise<void> {
    this.#disconnect();
    await this.pool.close();
  }

  async #runProbe(): Promise<ProbeResult> {
    const late = Symbol("late");
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<typeof late>((resolve) => {
      timer = setTimeout(() => setTimeout(() => resolve(late), graceMs), probeLimitMs);
    });
    try {
      const status = await Promise.race([this.#status(), limit]);
      if (status !== late) return status;
      this.#disconnect();
      return { found: "silent" };
    } catch (thrown) {
      this.#disconnect();
      const error = mariadbError(thrown);
      const failure = error instanceof DatabaseError ? error : new DatabaseError("unavailable", String(thrown));
      return { found: "unreachable", reason: `cannot be reached (${failure.message})`, error: failure };
    } finally {
      clearTimeout(timer);
    }
  }

  async #status(): Promise<NodeStatus> {
    this.#connection ??= await this.#connect();
    const connection = this.#connection;
    // A node that was frozen claims for a while to belong to a majority that has dropped it. Only an answer that needs
    // the other nodes proves that it does. A serving node is not asked for one, because it stalls when another dies.
    if (this.state !== "down") return readStatus(await asked(connection, statusQuery));
    await asked(connection, causalRead);
    const [problem] = unsafeSettings(settingValues(await asked(connection, settingsQuery)));
    return problem === undefined
      ? readStatus(await asked(connection, statusQuery))
      : { found: "down", reason: `is unsafe: ${problem}` };
  }

  #connect(): Promise<ServerConnection> {
    const opening = this.#driver.connect(this.#options, () => {
      this.#connection = null;
    });
    return within(opening, probeLimitMs, (late) => late.destroy());
  }

  #disconnect(): void {
    this.#connection?.destroy();
    this.#connection = null;
  }
}

async function asked(connection: ServerConnection, text: string): Promise<unknown> {
  try {
    return await connection.execute(text, []);
  } finally {
    connection.settled();
  }
}
