// `npm run bench:group-commit`: real orders with three details, written with one commit each and with shared commits.
// The figures depend on the machine and its disk; the ratios carry over.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSample } from "northwind-schema/sample";
import { type Database, openSqlite } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { createLog } from "../../api/src/http/log.ts";
import { startServer } from "../../api/src/http/server.ts";
import { BatchedWrites } from "./batched.ts";
import { compare, type Run, timed } from "./measure.ts";
import { OneCommitEach, withOneCommitEach } from "./one-commit-each.ts";
import { type Writer, writeOrder } from "./orders.ts";

const schema = join(import.meta.dir, "../../schema");
const today = "2025-01-15";
const folder = mkdtempSync(join(tmpdir(), "group-commit-"));
const only = process.argv[2];

try {
  if (only !== "api" && only !== "mariadb") await inThePackage();
  if (only !== "sqlite" && only !== "mariadb") await throughTheApi();
  if (only !== "sqlite" && only !== "api") await onMariadb();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runs(writer: Writer) {
  return (count: number, width: number) => timed(count, width, () => writeOrder(writer));
}

async function sqliteFile(name: string): Promise<{ readonly path: string; readonly database: Database }> {
  const path = join(folder, `${name}.db`);
  await migrateSqlite({ folder: join(schema, "sqlite"), database: path });
  const database = openSqlite({ path });
  await loadSample(database, today);
  return { path, database };
}

async function inThePackage(): Promise<void> {
  const [first, second] = [await sqliteFile("each"), await sqliteFile("shared")];
  const each = new OneCommitEach(first.path);
  await compare({
    title: "SQLite, in one process",
    old: { name: "one commit each", run: runs(each) },
    grouped: { name: "shared commits", run: runs(second.database) },
  });
  each.close();
  await first.database.close();
  await second.database.close();
}

async function throughTheApi(): Promise<void> {
  const [first, second] = [await sqliteFile("api-each"), await sqliteFile("api-shared")];
  const old = served(withOneCommitEach(first.database, first.path));
  const grouped = served(second.database);
  await compare({
    title: "SQLite, over HTTP with an idempotency key",
    old: { name: "one commit each", run: old.run },
    grouped: { name: "shared commits", run: grouped.run },
  });
  await old.stop();
  await grouped.stop();
}

function served(database: Database) {
  const config = { port: 0, host: "127.0.0.1", corsOrigins: [] };
  const server = startServer({ config, database, log: createLog("off") });
  return {
    async run(count: number, width: number): Promise<Run> {
      const program = join(import.meta.dir, "clients.ts");
      const command = [process.execPath, program, server.url, String(count), String(width)];
      const client = Bun.spawn(command, { stdout: "pipe", stderr: "inherit" });
      return runOf(await new Response(client.stdout).json());
    },
    async stop() {
      await server.stop();
      await database.close();
    },
  };
}

function runOf(json: unknown): Run {
  if (typeof json === "object" && json !== null && "writesPerSecond" in json && "p50Ms" in json && "p99Ms" in json)
    return {
      writesPerSecond: Number(json.writesPerSecond),
      p50Ms: Number(json.p50Ms),
      p99Ms: Number(json.p99Ms),
    };
  throw new Error(`the clients said ${JSON.stringify(json)}`);
}

/** MariaDB itself groups the commits of its connections; this measures whether batching before it gains more. */
async function onMariadb(): Promise<void> {
  const server = await startPrivateMariadb();
  try {
    const databases: Database[] = [];
    for (const name of ["each", "batched"]) {
      const { host, port, user, password } = server;
      const options = { host, port, user, password, database: name };
      await createMariadbDatabase(options);
      await migrateMariadb({ folder: join(schema, "mariadb"), server: options });
      const database = await openMariadb({ ...options, connectionLimit: 16 });
      await loadSample(database, today);
      databases.push(database);
    }
    const [first, second] = databases;
    if (first === undefined || second === undefined) throw new Error("no database");
    await compare({
      title: "MariaDB, 16 connections",
      old: { name: "its own group commit", run: runs(first) },
      grouped: { name: "batched before", run: runs(new BatchedWrites(second)) },
    });
    for (const database of databases) await database.close();
  } finally {
    await server.stop();
  }
}
