import { settingsQuery, settingValues, unsafeSettings } from "../../self-check/server-settings.ts";
import { DatabaseError } from "../errors.ts";
import type { MariadbDriver, MariadbNode, MariadbOptions, ServerConnection } from "./driver.ts";
import { mariadbError } from "./errors.ts";
import { type NodeStatus, readStatus, statusQuery } from "./node-status.ts";
import { ConnectionPool, within } from "./pool.ts";
import type { MariadbRunner } from "./queryable.ts";

/**
 * `up`: serves. `doubted`: a connection to it failed and it is being asked. `behind`: it gives its data to another node or
 * has still to apply what it missed, and serves only when no node is up. `down`: it cannot be used.
 */
export type NodeState = "up" | "doubted" | "behind" | "down";

/** How a node answered, or that it did not. */
export type Look =
  | NodeStatus
  | { readonly found: "unreachable"; readonly reason: string; readonly error: DatabaseError }
  | { readonly found: "silent" };

const lookLimitMs = 1000;
/** After a stall of this process the answer may be there, unread, when the time is up. */
const graceMs = 100;
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
      const status = await Promise.race([this.#status(), limit]);
      if (status !== late) return status;
      this.#endProbe();
      return { found: "silent" };
    } catch (thrown) {
      this.#endProbe();
      const error = mariadbError(thrown);
      const refusal = error instanceof DatabaseError ? error : new DatabaseError("unavailable", String(thrown));
      return { found: "unreachable", reason: `cannot be reached (${refusal.message})`, error: refusal };
    } finally {
      clearTimeout(timer);
    }
  }

  async #status(): Promise<NodeStatus> {
    this.#probe ??= await this.#connect();
    const probe = this.#probe;
    // A node that was frozen says for a while that it belongs to a majority that has left it out. Only an answer that
    // needs the others proves that it does; of a node that serves it is not asked, because it stalls when another dies.
    if (this.state !== "down") return readStatus(await asked(probe, statusQuery));
    await asked(probe, causalRead);
    const [fault] = unsafeSettings(settingValues(await asked(probe, settingsQuery)));
    return fault === undefined
      ? readStatus(await asked(probe, statusQuery))
      : { found: "down", reason: `is unsafe: ${fault}` };
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
