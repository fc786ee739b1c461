import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Connection, createConnection } from "mariadb";
import { PrivateMariadbError } from "./install-mariadb.ts";
import { answering, hasEnded, lastLines, readLog, type ServerProcess, spawnServer } from "./server-process.ts";

/** A node's own report of its state. */
export interface NodeStatus {
  readonly ready: boolean;
  /** `Synced`, `Donor/Desynced`, `Joined`, `Initialized`, .. */
  readonly state: string;
  /** `Primary`, or something else when the node is not part of the majority. */
  readonly cluster: string;
  readonly size: number;
  readonly committed: number;
}

/** How a node caught up: by the missed writes only (IST), by a full copy (SST), or with nothing missed. */
export type Rejoin = "IST" | "SST" | "none";

/** The folder and ports of a node, all on 127.0.0.1. */
export interface NodePlace {
  readonly name: string;
  readonly folder: string;
  readonly port: number;
  readonly groupPort: number;
  readonly istPort: number;
  readonly sstPort: number;
}

/** What the nodes have in common. */
export interface ClusterSetup {
  readonly program: string;
  readonly provider: string;
  /** The folder of the cluster, removed when this process ends. */
  readonly folder: string;
  readonly account: readonly string[];
  readonly password: string;
  /** `gcomm://..` of all nodes. */
  readonly address: string;
  readonly extraArgs: readonly string[];
}

const syncTimeoutMs = 60_000;
/** Short timeouts, so that a dead node is dropped after about a second; docs/galera.md explains each. */
const timings =
  "evs.keepalive_period=PT0.25S;evs.inactive_check_period=PT0.25S;evs.suspect_timeout=PT1S;evs.inactive_timeout=PT3S;" +
  "evs.install_timeout=PT3S;evs.join_retrans_period=PT0.5S;gmcast.peer_timeout=PT1S;repl.causal_read_timeout=PT4S;gcache.size=64M";

/** One node of a private cluster, which can be killed, frozen, cut off, stopped and started again. */
export class PrivateNode {
  readonly host = "127.0.0.1";
  #server: ServerProcess | null = null;
  #retired = false;
  constructor(
    private readonly place: NodePlace,
    private readonly setup: ClusterSetup,
  ) {}

  get name(): string {
    return this.place.name;
  }

  get port(): number {
    return this.place.port;
  }

  get socketPath(): string {
    return join(this.place.folder, "socket");
  }

  /** The server's process ID, 0 while it does not run. */
  get pid(): number {
    return this.running ? (this.#server?.child.pid ?? 0) : 0;
  }

  get running(): boolean {
    return this.#server !== null && !hasEnded(this.#server);
  }

  /** Its log since the last start. */
  get log(): string {
    return readLog(join(this.place.folder, "log.err"));
  }

  /** Kills it as a power cut would. */
  async kill(): Promise<void> {
    await this.#server?.kill();
  }

  /** Kills it for good, so that a start under way does not succeed either. */
  async retire(): Promise<void> {
    this.#retired = true;
    await this.kill();
  }

  /** Stops it in an orderly way: it leaves the cluster first. */
  async shutdown(): Promise<void> {
    this.#server?.child.ref();
    this.#server?.child.kill("SIGTERM");
    await this.#server?.exited;
  }

  /** Freezes its process without ending it, so that nobody is notified. */
  freeze(): void {
    this.#server?.child.kill("SIGSTOP");
  }

  thaw(): void {
    this.#server?.child.kill("SIGCONT");
  }

  /** Cuts it off from the other nodes, not from its clients. */
  async cutOff(): Promise<void> {
    await this.ask("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=1'");
  }

  async reconnect(): Promise<void> {
    await this.ask("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=0'");
  }

  /** Starts it and resolves when it has caught up; rejects with the end of its log. */
  async start(): Promise<Rejoin> {
    this.launch(startAt(this.position()));
    await this.synced();
    return rejoinOf(this.log);
  }

  /** Discards its data and copies another node's, as needed when it holds writes that the cluster never had. */
  async rebuild(): Promise<Rejoin> {
    await this.kill();
    for (const file of ["grastate.dat", "gvwstate.dat", "galera.cache"])
      rmSync(join(this.place.folder, "data", file), { force: true });
    this.launch([]);
    await this.synced();
    return rejoinOf(this.log);
  }

  /** The last position in its data, `uuid:number`, from its own recovery; null when unknown. */
  position(): string | null {
    return recoveredPosition(this.place, this.setup);
  }

  /** Starts it as the first node of the cluster. */
  async startFirst(more: readonly string[] = []): Promise<void> {
    const state = join(this.place.folder, "data", "grastate.dat");
    if (existsSync(state))
      writeFileSync(state, readFileSync(state, "utf8").replace(/safe_to_bootstrap: 0/, "safe_to_bootstrap: 1"));
    // Without its position it would start a new history that the other nodes do not know.
    this.launch(["--wsrep-new-cluster", ...startAt(this.position()), ...more]);
    await this.synced();
  }

  /** Starts the process without waiting for it. */
  launch(more: readonly string[]): void {
    const { place, setup } = this;
    if (this.#retired) throw new PrivateMariadbError(`${this.name} was stopped for good`);
    for (const file of ["log.err", "socket"]) rmSync(join(place.folder, file), { force: true });
    this.#server = spawnServer(setup.program, [...nodeArgs(place, setup), ...more], {
      folder: setup.folder,
      tmp: place.folder,
    });
  }

  /** Waits until it has joined the cluster and caught up. */
  async synced(): Promise<void> {
    const server = this.#server;
    if (server === null) throw new PrivateMariadbError(`${this.name} was not started`);
    try {
      await answering(server, this.socketPath);
      const deadline = performance.now() + syncTimeoutMs;
      while (performance.now() < deadline) {
        const status = await this.status();
        if (status?.ready === true && status.state === "Synced") return;
        if (hasEnded(server)) throw new PrivateMariadbError(`${this.name} ended during its start`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new PrivateMariadbError(`${this.name} did not catch up within ${syncTimeoutMs / 1000} s`);
    } catch (error) {
      const errorLine = this.log.split("\n").find((line) => /Reversing history|\[ERROR\]/.test(line)) ?? "";
      await this.kill();
      throw new PrivateMariadbError(`${this.name} did not start: ${errorLine}\n${lastLines(this.log)}`, {
        cause: error,
      });
    }
  }

  /** Its own report of its state, or null when it does not answer. */
  async status(): Promise<NodeStatus | null> {
    try {
      const rows = await this.ask(
        "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_local_state_comment', 'wsrep_cluster_status', 'wsrep_cluster_size', 'wsrep_last_committed')",
      );
      const values = new Map(rows.map(([name, value]) => [String(name), String(value)]));
      return {
        ready: values.get("wsrep_ready") === "ON",
        state: values.get("wsrep_local_state_comment") ?? "",
        cluster: values.get("wsrep_cluster_status") ?? "",
        size: Number(values.get("wsrep_cluster_size") ?? 0),
        committed: Number(values.get("wsrep_last_committed") ?? -1),
      };
    } catch {
      return null;
    }
  }

  /** Queries it over a separate connection, even when it is not part of the cluster. */
  async ask(statement: string): Promise<unknown[][]> {
    const connection: Connection = await createConnection({
      ...{ socketPath: this.socketPath, user: "root", password: this.setup.password },
      ...{ rowsAsArray: true, connectTimeout: 1000, socketTimeout: 3000 },
    });
    try {
      const rows: unknown = await connection.query(statement);
      return Array.isArray(rows) ? rows : [];
    } finally {
      connection.destroy();
    }
  }
}

/** The option that makes a node continue where its data ends. */
export function startAt(position: string | null): string[] {
  return position === null ? [] : [`--wsrep-start-position=${position}`];
}

function rejoinOf(log: string): Rejoin {
  if (/rsync SST completed on joiner/.test(log)) return "SST";
  return /IST completed on joiner|IST received/.test(log) ? "IST" : "none";
}

/** After a kill the position file is useless: the server recovers the position from its tables. */
function recoveredPosition(place: NodePlace, setup: ClusterSetup): string | null {
  const log = join(place.folder, "recovery.err");
  rmSync(log, { force: true });
  const args = [...nodeArgs(place, setup), "--wsrep-recover", `--log-error=${log}`];
  spawnSync(setup.program, args, { stdio: "ignore", env: { ...process.env, TMPDIR: place.folder } });
  const [, position] = /Recovered position: (\S+)/.exec(readLog(log)) ?? [];
  return position === undefined || position.startsWith("00000000-") ? null : position;
}

function nodeArgs(place: NodePlace, setup: ClusterSetup): string[] {
  const { folder, name, port, groupPort, istPort, sstPort } = place;
  return [
    "--no-defaults",
    `--datadir=${join(folder, "data")}`,
    `--socket=${join(folder, "socket")}`,
    `--tmpdir=${folder}`,
    `--pid-file=${join(folder, "pid")}`,
    `--log-error=${join(folder, "log.err")}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    ...setup.account,
    "--skip-name-resolve",
    "--skip-log-bin",
    "--innodb-flush-log-at-trx-commit=1",
    "--innodb-log-file-size=16M",
    "--innodb-buffer-pool-size=64M",
    "--performance-schema=OFF",
    "--character-set-server=utf8mb4",
    "--max-allowed-packet=64M",
    "--max-connections=300",
    "--binlog-format=ROW",
    "--innodb-autoinc-lock-mode=2",
    "--innodb-snapshot-isolation=ON",
    "--wsrep-on=ON",
    `--wsrep-provider=${setup.provider}`,
    "--wsrep-cluster-name=private",
    `--wsrep-cluster-address=${setup.address}`,
    `--wsrep-node-name=${name}`,
    `--wsrep-node-address=127.0.0.1:${groupPort}`,
    "--wsrep-sst-method=rsync",
    `--wsrep-sst-receive-address=127.0.0.1:${sstPort}`,
    "--wsrep-slave-threads=2",
    `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${groupPort};ist.recv_addr=127.0.0.1:${istPort};${timings}`,
    ...setup.extraArgs,
  ];
}
