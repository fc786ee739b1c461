// Several nodes as one database, on a real cluster of three: what writers and readers see while nodes are killed,
// frozen, cut off and come back. The order of the tests matters: each continues with the cluster of the previous one.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Database, DatabaseError } from "../src/index.ts";
import { migrateMariadb } from "../src/migrations/mariadb.ts";
import type { ClusterEvent, MariadbOptions } from "../src/runtime/mariadb/open.ts";
import { openMariadb } from "../src/runtime/mariadb/open.ts";
import { type PrivateCluster, type PrivateNode, startPrivateCluster } from "../src/test-server/private-cluster.ts";
import { statement } from "./driver-contract.ts";

const add = statement("INSERT INTO things (name) VALUES (:name)", { name: "text" });
const countOf = statement("SELECT COUNT(*) AS n FROM things WHERE name = :name", { name: "text" }, { n: "bigint" });
const nodeName = statement("SELECT @@wsrep_node_name AS name", {}, { name: "text" });

let cluster: PrivateCluster;
let db: Database;
const events: ClusterEvent[] = [];
const acknowledged: string[] = [];

const optionsOf = (nodes: readonly PrivateNode[], more: Partial<MariadbOptions> = {}): MariadbOptions => ({
  nodes: nodes.map(({ host, port }) => ({ host, port })),
  ...{ user: cluster.user, password: cluster.password, database: "shop", statementTimeoutMs: 4000 },
  ...more,
});

beforeAll(async () => {
  cluster = await startPrivateCluster();
  await cluster.nodes[0]?.ask("CREATE DATABASE shop");
  await cluster.nodes[0]?.ask(
    "CREATE TABLE shop.things (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40) NOT NULL UNIQUE)",
  );
  db = await openMariadb(optionsOf(cluster.nodes, { onClusterEvent: (event) => events.push(event) }));
}, 60_000);
afterAll(async () => {
  await db.close();
  await cluster.stop();
});

async function writerOf(database: Database): Promise<PrivateNode> {
  const { name } = await database.transaction((tx) => tx.one(nodeName, {}));
  const node = cluster.nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw new Error(`no node is called ${name}`);
  return node;
}

const count = async (name: string): Promise<number> => Number((await db.one(countOf, { name })).n);

/** Writes one row like a careful client: after a temporary failure it checks whether the row exists, then retries. */
async function write(name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await db.transaction(async (tx) => {
        if (Number((await tx.one(countOf, { name })).n) === 0) await tx.run(add, { name });
      });
      acknowledged.push(name);
      return;
    } catch (error) {
      const passing = ["unavailable", "unknown-outcome", "conflict", "lock-timeout", "too-busy"];
      if (!(error instanceof DatabaseError) || !passing.includes(error.kind) || tries === 100) throw error;
      await Bun.sleep(50);
    }
  }
}

/** Six writers read their own writes while `work` runs. Returns how many reads missed a write. */
async function whileWriting(name: string, work: () => Promise<unknown>): Promise<{ readonly missed: number }> {
  let over = false;
  let missed = 0;
  const writers = Array.from({ length: 6 }, async (_, index) => {
    for (let turn = 1; !over; turn += 1) {
      const row = `${name} ${index} ${turn}`;
      await write(row);
      if ((await count(row)) !== 1) missed += 1;
      await Bun.sleep(10);
    }
  });
  await work();
  over = true;
  await Promise.all(writers);
  return { missed };
}

async function every(work: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 600; look += 1) {
    if (await work()) return;
    await Bun.sleep(50);
  }
  throw new Error("it did not come to pass");
}

const names = (event: ClusterEvent["event"]) => events.filter((one) => one.event === event).map(({ node }) => node);
const placeOf = ({ host, port }: PrivateNode) => `${host}:${port}`;
const written = async (wanted: number) => {
  const goal = acknowledged.length + wanted;
  await every(async () => acknowledged.length >= goal);
};

test("writes go to the first node; reads too, or to all in rotation, and see every acknowledged write", async () => {
  const writers = new Set<string>();
  for (let turn = 0; turn < 6; turn += 1) writers.add((await writerOf(db)).name);
  expect([...writers]).toEqual(["node-1"]);
  expect((await db.one(nodeName, {})).name).toBe("node-1");
  const spread = await openMariadb(optionsOf(cluster.nodes, { clusterReads: "any" }));
  const readers = new Set<string>();
  for (let turn = 0; turn < 60; turn += 1) {
    readers.add(String((await spread.one(nodeName, {})).name));
    const name = `spread ${turn}`;
    await spread.transaction((tx) => tx.run(add, { name }));
    acknowledged.push(name);
    for (let read = 0; read < 3; read += 1) expect(Number((await spread.one(countOf, { name })).n)).toBe(1);
  }
  expect([...readers].sort()).toEqual(["node-1", "node-2", "node-3"]);
  await spread.close();
});

test("its load names each node, what state it is in, and which takes the writes", async () => {
  const before = db.load?.().commits ?? Number.NaN;
  await write("load");
  const load = db.load?.();
  const names = cluster.nodes.map(({ port }) => `127.0.0.1:${port}`);
  const nodes = names.map((node, index) => ({ node, state: "up", isWriter: index === 0 }));
  expect<unknown>(load?.nodes).toEqual(nodes);
  expect(load?.pools.map(({ node, open }) => [node, open > 0])).toEqual(
    names.map((node, index) => [node, index === 0]),
  );
  expect((load?.commits ?? 0) - before).toBe(1);
  expect((await db.size?.())?.data).toBeGreaterThan(0);
});

test("migrations run on the first healthy node and reach the others", async () => {
  const folder = `${import.meta.dir}/schema/mariadb`;
  await cluster.nodes[0]?.ask("CREATE DATABASE steps");
  const server = optionsOf(cluster.nodes, { database: "steps" });
  const { to, applied } = await migrateMariadb({ server, folder });
  expect([to, applied.length]).toEqual([applied.length, applied.length]);
  for (const node of cluster.nodes) {
    await every(async () => {
      const rows = await node.ask("SELECT COUNT(*) FROM steps.schema_migrations WHERE finished_at IS NOT NULL");
      return Number(rows[0]?.[0]) === applied.length;
    });
  }
});

test("kill -9 of the writing node: the next one serves, nothing is lost or duplicated, and the node comes back", async () => {
  const killed = await writerOf(db);
  const { missed } = await whileWriting("kill", async () => {
    await written(20);
    await killed.kill();
    await written(20);
    expect(await killed.start()).toBe("IST");
    await every(async () => names("node-up").includes(placeOf(killed)));
  });
  expect(missed).toBe(0);
  expect(names("node-down")).toContain(placeOf(killed));
  expect(names("writer").length).toBeGreaterThan(0);
  expect(await writerOf(db)).not.toBe(killed);
});

test("a frozen node is dropped; once thawed, it serves only after it has caught up", async () => {
  const frozen = await writerOf(db);
  events.length = 0;
  const { missed } = await whileWriting("freeze", async () => {
    await written(20);
    frozen.freeze();
    await every(async () => names("node-down").includes(placeOf(frozen)));
    await written(20);
    frozen.thaw();
    await every(async () => names("node-up").includes(placeOf(frozen)));
  });
  expect(missed).toBe(0);
  // On a busy machine the writer may have moved again; what matters is that it left the frozen node.
  expect(names("writer")[0]).not.toBe(placeOf(frozen));
});

test("a node that is cut off accepts no write, and no read returns its outdated rows", async () => {
  const cut = await writerOf(db);
  events.length = 0;
  const { missed } = await whileWriting("cut", async () => {
    await written(20);
    await cut.cutOff();
    await every(async () => (await cut.status())?.cluster === "non-Primary");
    await written(20);
    await expect(cut.ask("INSERT INTO shop.things (name) VALUES ('minority')")).rejects.toThrow(/not yet prepared/);
    await cut.reconnect();
    await every(async () => names("node-up").includes(placeOf(cut)));
  });
  expect(missed).toBe(0);
  expect(await count("minority")).toBe(0);
});

test("a node with unsafe settings is reported and not used until they are fixed", async () => {
  const [, , node] = cluster.nodes;
  if (node === undefined) throw new Error("there are three nodes");
  await node.ask("SET GLOBAL innodb_flush_log_at_trx_commit = 0");
  const events: ClusterEvent[] = [];
  const late = await openMariadb(optionsOf(cluster.nodes, { onClusterEvent: (event) => events.push(event) }));
  expect(events).toEqual([
    { event: "node-down", node: placeOf(node), reason: expect.stringContaining("innodb_flush_log_at_trx_commit is 0") },
  ]);
  await node.ask("SET GLOBAL innodb_flush_log_at_trx_commit = 1");
  await every(async () => events.some(({ event }) => event === "node-up"));
  await late.close();
});

test("with every node killed, each call fails in time; after a bootstrap the same database serves again", async () => {
  await Promise.all(cluster.nodes.map((node) => node.kill()));
  const failure = await db.ping().then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(DatabaseError);
  await expect(openMariadb(optionsOf(cluster.nodes))).rejects.toThrow(
    /no node of the cluster can be used: 127.*cannot be reached/,
  );
  await cluster.bootstrap();
  await write("after the bootstrap");
  expect(await count("after the bootstrap")).toBe(1);
});

test("every node has every acknowledged write exactly once", async () => {
  expect(acknowledged.length).toBeGreaterThan(200);
  for (const node of cluster.nodes) {
    const rows = await node.ask("SET STATEMENT wsrep_sync_wait = 1 FOR SELECT name FROM shop.things");
    const stored = rows.map(([name]) => String(name));
    expect(acknowledged.filter((name) => !stored.includes(name))).toEqual([]);
    expect(stored.length).toBe(acknowledged.length);
  }
});

test("a node of another cluster is refused", async () => {
  const other = await startPrivateCluster({ size: 1 });
  const [ours] = cluster.nodes;
  const [theirs] = other.nodes;
  if (ours === undefined || theirs === undefined) throw new Error("there are nodes");
  await theirs.ask("CREATE DATABASE shop");
  await theirs.ask(`ALTER USER root@'127.0.0.1' IDENTIFIED BY '${cluster.password}'`);
  await expect(openMariadb(optionsOf([ours, theirs]))).rejects.toThrow(/belongs to another cluster/);
  await other.stop();
});
