// The API under test, as users run it: a process of its own on a database of its own, which can be killed as well.
// `startSystem` starts both; the other files of this folder observe and disturb them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PrivateCluster, startPrivateCluster } from "sqlproof/private-cluster";
import { findGalera, findMariadb, type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { ledgerOf } from "../database/stock.ts";
import { openStores, type StoreAddress } from "../database/store.ts";
import type { Engine } from "../row.ts";
import { ApiProcess } from "./api-process.ts";

export interface SystemOptions {
  readonly engine: Engine;
  /** Where the database, the log and everything else go. */
  readonly folder: string;
  readonly seed: number;
  /** More command line options of the API. */
  readonly settings?: readonly string[];
  /** Load the sample company. Default: empty tables. */
  readonly sample?: boolean;
  /** A command to start the API with. */
  readonly wrapper?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** More options of the private MariaDB. */
  readonly serverArgs?: readonly string[];
  /** Where the data files go, if not in `folder`. */
  readonly dataFolder?: string;
}

/** A running API and its database. */
export interface System {
  readonly url: string;
  readonly engine: Engine;
  readonly store: StoreAddress;
  /** The stock at the start, for the checker. */
  readonly stockAtStart: readonly string[];
  /** The output of the API. */
  readonly logPath: string;
  readonly api: {
    readonly pid: number;
    /** kill -9. */
    kill(): Promise<void>;
    /** SIGTERM; returns the exit code. */
    terminate(): Promise<number>;
    /** Restarts on the same port and database; resolves once the API reports that it is ready. */
    start(): Promise<void>;
  };
  readonly server: PrivateMariadb | null;
  readonly cluster: PrivateCluster | null;
  stop(): Promise<void>;
}

const databaseName = "northwind";

/** Why this engine is not available on this machine, or null. */
export function missing(engine: Engine): string | null {
  if (engine === "sqlite") return null;
  if (findMariadb() === null) return "MariaDB is not installed";
  return engine === "cluster" && findGalera() === null ? "Galera or rsync is not installed" : null;
}

export async function startSystem(options: SystemOptions): Promise<System> {
  const { engine, folder, settings = [], sample = false, wrapper = [], environment = {} } = options;
  const logPath = join(folder, "api.log");
  writeFileSync(logPath, "", { flag: "a" });
  const { server, cluster, store, databaseUrl } = await startStore(options);
  const api = new ApiProcess({
    databaseUrl,
    logPath,
    settings: sample ? settings : ["--no-sample", ...settings],
    wrapper,
    environment,
  });
  const stop = async () => {
    await api.kill();
    await server?.stop();
    await cluster?.stop();
  };
  try {
    await api.start();
    const stores = await openStores(store);
    const stockAtStart = await ledgerOf(stores[0]);
    for (const opened of stores) await opened.close();
    return { url: api.url, engine, store, stockAtStart, logPath, api, server, cluster, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts a system, lets `work` use it, and always stops it. */
export async function withSystem<T>(options: SystemOptions, work: (system: System) => Promise<T>): Promise<T> {
  const system = await startSystem(options);
  try {
    return await work(system);
  } finally {
    await system.stop();
  }
}

interface StartedStore {
  readonly server: PrivateMariadb | null;
  readonly cluster: PrivateCluster | null;
  readonly store: StoreAddress;
  readonly databaseUrl: string;
}

async function startStore(options: SystemOptions): Promise<StartedStore> {
  const { engine, folder, serverArgs: extraArgs = [], dataFolder = folder } = options;
  if (engine === "sqlite") {
    const path = join(dataFolder, "northwind.db");
    return { server: null, cluster: null, store: { kind: "sqlite", path }, databaseUrl: `sqlite:${path}` };
  }
  if (engine === "cluster") {
    // Not in our folder: started as root, the nodes run as another user, who cannot enter it.
    const cluster = await startPrivateCluster({ extraArgs });
    const { user, password } = cluster;
    const nodes = cluster.nodes.map(({ host, port }) => ({ host, port, user, password, name: databaseName }));
    return { server: null, cluster, store: { kind: "mariadb", nodes }, databaseUrl: cluster.url(databaseName) };
  }
  const server = await startPrivateMariadb({ directory: dataFolder, extraArgs });
  const { host, port, user, password } = server;
  const store = { kind: "mariadb", nodes: [{ host, port, user, password, name: databaseName }] } as const;
  return { server, cluster: null, store, databaseUrl: server.url(databaseName) };
}
