// `--check-upgrade` from released versions, on both engines: what it says, and that it changes nothing.
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import { loadMariadb, unpackSqlite } from "northwind-schema/released-versions";
import { createMariadbDatabase, migrateSqlite } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { Program } from "../../../test/program.ts";
import { parseConfig } from "../start/config.ts";
import { startError } from "../start/start-errors.ts";
import { checkUpgrade } from "./check.ts";

const root = join(import.meta.dir, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-check-upgrade-"));
let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb({ directory: folder, extraArgs: ["--innodb-flush-log-at-trx-commit=0"] });
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The check as a program of its own. */
const started = (url: string) =>
  new Program(process.execPath, ["api/src/main.ts", "--check-upgrade", "--database", url], root);

/** The check in this process: its exit code, and what it prints. */
async function checked(url: string) {
  const request = parseConfig(["--check-upgrade", "--database", url], {});
  if (request.kind !== "run") throw new Error(request.kind);
  const lines: string[] = [];
  const say = (topic: string, text: string) => void lines.push(`${topic.padEnd(10)}${text}`);
  const code = await checkUpgrade(request.config, say).catch((error: unknown) => {
    lines.push(startError(error, request.config));
    return 1;
  });
  return { code, output: lines.join("\n") };
}

/** Runs statements on MariaDB, and gives the rows of the last one. */
async function onMariadb(database: string, ...statements: readonly string[]): Promise<readonly unknown[][]> {
  const { host, port, user, password } = server;
  const connection = await createConnection({ host, port, user, password, database, rowsAsArray: true });
  let rows: readonly unknown[][] = [];
  for (const statement of statements) rows = await connection.query(statement);
  await connection.end();
  return rows;
}

interface Original {
  readonly url: string;
  /** Every byte of the file, or every table with its rows. */
  readonly fingerprint: () => Promise<string>;
  /** What there is besides the database. */
  readonly leftovers: () => Promise<readonly string[]>;
  readonly run: (statement: string) => Promise<void>;
}

let count = 0;

function sqlite(): Original {
  const place = mkdtempSync(join(folder, "sqlite-"));
  const file = join(place, "northwind.db");
  unpackSqlite("0.1.0", file);
  return {
    url: `sqlite:${file}`,
    fingerprint: async () => createHash("sha256").update(readFileSync(file)).digest("hex"),
    leftovers: async () => readdirSync(place).filter((name) => name !== "northwind.db"),
    async run(statement) {
      const database = new Database(file);
      database.run(statement);
      database.close();
    },
  };
}

async function mariadb(): Promise<Original> {
  const name = `northwind${++count}`;
  await loadMariadb("0.1.0", server, name);
  return {
    url: server.url(name),
    async fingerprint() {
      const tables = await onMariadb(name, "SHOW TABLES");
      const sums = await onMariadb(name, `CHECKSUM TABLE ${tables.join(", ")}`);
      const columns = await onMariadb(
        name,
        "SELECT table_name, column_name, column_type FROM information_schema.columns WHERE table_schema = DATABASE()",
      );
      return JSON.stringify([...sums, ...columns].map(String));
    },
    leftovers: async () => (await onMariadb(name, "SHOW DATABASES LIKE '%check_upgrade'")).map(String),
    async run(statement) {
      await onMariadb(name, "SET foreign_key_checks = 0", statement);
    },
  };
}

describe.each(["sqlite", "mariadb"] as const)("--check-upgrade on %s", (engine) => {
  const original = async () => (engine === "sqlite" ? sqlite() : mariadb());

  test("says what the upgrade from 0.1.0 does, and changes nothing", async () => {
    const { url, fingerprint, leftovers } = await original();
    const before = await fingerprint();
    const { code, output } = await checked(url);
    expect(output).toMatch(/^Database .*, at step 7 of the schema$/m);
    expect(output).toMatch(/^Copied +\d+(\.\d+)? MB in /m);
    expect(output).toMatch(/^Step +0008_folded_text +\d+(\.\d+)? s$/m);
    expect(output).toMatch(/^Search +18 texts folded in /m);
    expect(output).toMatch(/^Rows +orders +11 -> 11$/m);
    expect(output).toMatch(/^Rows +tax_rates|^Rows +company +new -> 1$/m);
    expect(output).toMatch(
      engine === "sqlite" ? /^Meanwhile stop the program and start/m : /^Meanwhile stop every process/m,
    );
    expect(output).toMatch(/^Result +\d+ steps in .*every reference and every row is there\.$/m);
    expect(code).toBe(0);
    expect(await fingerprint()).toBe(before);
    expect(await leftovers()).toEqual([]);
  }, 60_000);

  test("exits with 1 and says so: a newer database, and rows without their parents", async () => {
    const { url, run, leftovers } = await original();
    await run("INSERT INTO order_details (order_id, quantity, discount) VALUES (4711, 0, 0)");
    const wrong = await checked(url);
    expect(wrong.output).toMatch(/a row of order_details has no parent in orders/i);
    expect(wrong.code).toBe(1);
    expect(await leftovers()).toEqual([]);
    await run(
      engine === "sqlite"
        ? "INSERT INTO schema_migrations SELECT 9000, name, checksum, adopted, finished_at FROM schema_migrations LIMIT 1"
        : "INSERT INTO schema_migrations SELECT 9000, 0, name, checksum, adopted, finished_at FROM schema_migrations WHERE version = 1",
    );
    const newer = await checked(url);
    expect(newer.output).toMatch(/^The database is at step 9000, but this program only knows steps up to/m);
    expect(newer.code).toBe(1);
  }, 60_000);

  test("Ctrl-C removes the copy, and a later check removes what a kill has left", async () => {
    const { url, leftovers } = await original();
    const stopped = started(url);
    await stopped.until(/^Step /m);
    stopped.signal("SIGINT");
    // On SQLite a step blocks the program: it may have ended before it hears the signal.
    await stopped.ended;
    expect(await leftovers()).toEqual([]);
    const killed = started(url);
    await killed.until(/^Step /m);
    killed.signal("SIGKILL");
    await killed.ended;
    // The server notices that the connection is gone when it has finished the statement.
    let again = await checked(url);
    while (again.output.includes("Another check is at work")) again = await checked(url);
    expect(again.code).toBe(0);
    expect(await leftovers()).toEqual([]);
  }, 60_000);
});

test("a database that is not there, one of something else, and one that is up to date are said in words", async () => {
  const missing = await checked(`sqlite:${join(folder, "missing.db")}`);
  expect(missing).toMatchObject({ code: 1, output: expect.stringContaining("missing.db: correct --database") });
  const file = join(folder, "other.db");
  const other = new Database(file);
  other.run("CREATE TABLE notes (id INTEGER PRIMARY KEY)");
  other.close();
  expect(await checked(`sqlite:${file}`)).toMatchObject({
    code: 1,
    output: expect.stringContaining("does not belong to this program (notes)"),
  });
  const { host, port, user, password } = server;
  await createMariadbDatabase({ host, port, user, password, database: "empty" });
  expect(await checked(server.url("empty"))).toMatchObject({
    code: 0,
    output: expect.stringContaining("The database is empty"),
  });
  const current = join(folder, "current.db");
  await migrateSqlite({ database: current, folder: join(root, "schema", "sqlite") });
  expect(await checked(`sqlite:${current}`)).toMatchObject({
    code: 0,
    output: expect.stringContaining("There is nothing to do"),
  });
}, 60_000);
