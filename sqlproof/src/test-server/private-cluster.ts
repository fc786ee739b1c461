import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findGalera, findMariadb, missingGalera, missingMariadb, PrivateMariadbError } from "./install-mariadb.ts";
import { grants } from "./private-mariadb.ts";
import { type ClusterSetup, type NodePlace, PrivateNode, startAt } from "./private-node.ts";
import { freePorts, makeDataFolder } from "./server-process.ts";

export type { NodeStatus, PrivateNode, Rejoin } from "./private-node.ts";

/** A temporary Galera cluster on 127.0.0.1 that ends with this process. */
export interface PrivateCluster {
  readonly nodes: readonly PrivateNode[];
  readonly user: "root";
  readonly password: string;
  /** One URL with every node, e.g. `mysql://root:secret@127.0.0.1:40123,127.0.0.1:40124,127.0.0.1:40125/northwind`. */
  url(databaseName: string): string;
  /** After all nodes have ended: starts the most advanced one first, then the others. Returns which that was. */
  bootstrap(): Promise<PrivateNode>;
  /** Kills every node and removes the folder. May be called twice. */
  stop(): Promise<void>;
}

export interface PrivateClusterOptions {
  /** The number of nodes. Default 3. */
  readonly size?: number;
  /** The parent of the data folders. Default: the system's temporary folder. */
  readonly directory?: string;
  /** Additional options for every `mariadbd`, which override the defaults. */
  readonly extraArgs?: readonly string[];
}

const startAttempts = 3;

/**
 * Creates and starts a cluster in about four seconds, without touching the system's MariaDB or its configuration.
 * Throws with one sentence that says what to install when something is missing.
 */
export async function startPrivateCluster(options: PrivateClusterOptions = {}): Promise<PrivateCluster> {
  for (let attempt = 1; ; attempt++) {
    const folder = mkdtempSync(join(options.directory ?? tmpdir(), "private-cluster-"));
    const nodes: PrivateNode[] = [];
    try {
      return await startIn(folder, nodes, options);
    } catch (error) {
      await Promise.all(nodes.map((node) => node.kill()));
      rmSync(folder, { recursive: true, force: true });
      // Another process may have taken a port between the probe and the start.
      const taken = error instanceof Error && /Address already in use|terminated unexpectedly/.test(error.message);
      if (!taken || attempt === startAttempts) throw error;
    }
  }
}

async function startIn(folder: string, nodes: PrivateNode[], options: PrivateClusterOptions): Promise<PrivateCluster> {
  const programs = findMariadb();
  if (programs === null) throw new PrivateMariadbError(missingMariadb());
  const provider = findGalera();
  if (provider === null) throw new PrivateMariadbError(missingGalera());
  const places = await placesIn(folder, options.size ?? 3);
  const password = randomBytes(12).toString("hex");
  const user = plainUser();
  const setup: ClusterSetup = {
    ...{ program: programs.server, provider, folder, password, extraArgs: options.extraArgs ?? [] },
    account: user === null ? [] : [`--user=${user}`],
    address: `gcomm://${places.map(({ groupPort }) => `127.0.0.1:${groupPort}`).join(",")}`,
  };
  nodes.push(...places.map((place) => new PrivateNode(place, setup)));
  const [first, ...others] = nodes;
  const [firstPlace, ...otherPlaces] = places;
  if (first === undefined || firstPlace === undefined) throw new RangeError("a cluster has a node");

  const accounts = join(folder, "accounts.sql");
  writeFileSync(accounts, `FLUSH PRIVILEGES;\n${grants(password)}`, { mode: 0o644 });
  mkdirSync(firstPlace.folder);
  if (user !== null) own(user, folder);
  makeDataFolder(programs, join(firstPlace.folder, "data"), [`--extra-file=${accounts}`, ...setup.account]);
  // It starts once alone to give its data a UUID and a position: the others begin with a copy and miss next to nothing.
  await first.startFirst(["--wsrep-cluster-address=gcomm://"]);
  await first.shutdown();
  for (const file of ["galera.cache", "gvwstate.dat"]) rmSync(join(firstPlace.folder, "data", file), { force: true });
  for (const place of otherPlaces) cpSync(firstPlace.folder, place.folder, { recursive: true });
  if (user !== null) own(user, folder);
  await first.startFirst();
  await joinInTurn(others.map((node) => ({ node, more: [] })));
  return describe(folder, nodes, password);
}

/** Two nodes that join at the same time wait several seconds for each other, so each waits for the one before. */
async function joinInTurn(nodes: readonly { node: PrivateNode; more: readonly string[] }[]): Promise<void> {
  const joining: Promise<void>[] = [];
  for (const { node, more } of nodes) {
    node.launch(more);
    const synced = node.synced();
    // Awaited below with the others; this avoids an unhandled rejection until then.
    synced.catch(() => undefined);
    joining.push(synced);
    for (let look = 0; look < 100 && node.running && !/view\(view_id\(PRIM/.test(node.log); look++)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await Promise.all(joining);
}

function describe(folder: string, nodes: readonly PrivateNode[], password: string): PrivateCluster {
  return {
    nodes,
    user: "root",
    password,
    url(databaseName) {
      const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(",");
      return `mysql://root:${password}@${hosts}/${encodeURIComponent(databaseName)}`;
    },
    async bootstrap() {
      const positions = nodes.map((node) => ({ node, position: node.position() }));
      positions.sort((a, b) => writtenAt(b.position) - writtenAt(a.position));
      const [most, ...rest] = positions;
      if (most === undefined) throw new PrivateMariadbError("there is no node");
      await most.node.startFirst();
      await joinInTurn(rest.map(({ node, position }) => ({ node, more: startAt(position) })));
      return most.node;
    },
    async stop() {
      await Promise.all(nodes.map((node) => node.retire()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The number of the last write in a position of the form `uuid:number`. */
function writtenAt(position: string | null): number {
  return Number(position?.split(":")[1] ?? -1);
}

async function placesIn(folder: string, size: number): Promise<NodePlace[]> {
  const ports = await freePorts(4 * size);
  return Array.from({ length: size }, (_, index) => {
    const [port = 0, groupPort = 0, istPort = 0, sstPort = 0] = ports.slice(4 * index, 4 * index + 4);
    const name = `node-${index + 1}`;
    return { name, folder: join(folder, name), port, groupPort, istPort, sstPort };
  });
}

/** When this process is root, the nodes run as an unprivileged user: rsync's server refuses to work as root. */
function plainUser(): string | null {
  if (process.getuid?.() !== 0) return null;
  const user = ["mysql", "nobody"].find((name) => spawnSync("id", ["-u", name]).status === 0);
  if (user === undefined) throw new PrivateMariadbError("Run the cluster as an ordinary user: there is no user mysql.");
  return user;
}

function own(user: string, folder: string): void {
  chmodSync(folder, 0o755);
  spawnSync("chown", ["-R", user, folder]);
}
