// Backup, restore and verify as an operator runs them: each a process of its own, on both engines, while the API serves.
import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createConnection } from "mariadb";
import { createMariadbDatabase } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { loadMariadb, unpackSqlite } from "../../../schema/released-versions.ts";
import { Program } from "../../../test/program.ts";

const root = join(import.meta.dir, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-backup-"));
let server: PrivateMariadb;
let count = 0;
beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Engine = "sqlite" | "mariadb";
const engines = ["sqlite", "mariadb"] as const;

/** The URL of a database that does not exist yet. */
function newDatabase(engine: Engine): string {
  count += 1;
  return engine === "sqlite" ? `sqlite:${join(folder, `${count}.db`)}` : server.url(`backup_${count}`);
}

function newFolder(): string {
  count += 1;
  return join(folder, `backups ${count}`);
}

/** Runs a command of the program to its end. */
async function command(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const program = new Program(process.execPath, ["api/src/main.ts", ...words], root, environment);
  const { code } = await program.ended;
  return { code, output: program.output };
}

/** Takes a backup to an empty folder; its path. */
async function backupOf(database: string): Promise<string> {
  const to = newFolder();
  const taken = await command(["backup", "--to", to, "--database", database]);
  expect(taken).toMatchObject({ code: 0 });
  return join(to, readdirSync(to).join());
}

/** Runs the API on a database while `work` does its part. */
async function withApi<T>(
  database: string,
  work: (url: string) => Promise<T>,
  more: readonly string[] = [],
): Promise<T> {
  const args = ["--database", database, "--port", "0", "--no-sample", "--log-level", "error", ...more];
  const api = new Program(process.execPath, ["api/src/main.ts", ...args], root);
  try {
    return await work(await api.until(/(http:\S+) +ready in/));
  } finally {
    api.signal("SIGINT");
    expect(await api.ended).toEqual({ code: 0, signal: null });
  }
}

async function post(url: string, path: string, body: object): Promise<number> {
  const answer = await fetch(`${url}/api/${path}`, {
    ...{ method: "POST", headers: { "content-type": "application/json" } },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(201);
  const { data } = Object(await answer.json());
  return Number(data.id);
}

/** Makes a product, and orders of it. The last one is deleted, and its number must not be given again. */
async function trade(url: string): Promise<readonly number[]> {
  const product_id = await post(url, "products", { product_name: "Tea", list_price: "18.05" });
  const order = () => post(url, "orders", { order_details: [{ product_id, quantity: "3.5", discount: "0.125" }] });
  const ids = [await order(), await order(), await order()];
  await fetch(`${url}/api/orders/${ids[2]}`, { method: "DELETE" });
  return ids;
}

async function answersOf(url: string): Promise<unknown> {
  const paths = ["orders/1?include=details", "orders/1/history", "orders/3/history", "products", "changes"];
  return Promise.all(paths.map(async (path) => (await fetch(`${url}/api/${path}`)).json()));
}

const pairs = engines.flatMap((from) => engines.map((to) => [from, to] as const));

describe.each(pairs)("a backup of %s", (from, to) => {
  test(`is restored to ${to}: the same answers, the next number, and verified`, async () => {
    const original = newDatabase(from);
    const { answers, backup } = await withApi(original, async (url) => {
      await trade(url);
      // The feed numbers entries when it is read.
      await answersOf(url);
      return { backup: await backupOf(original), answers: await answersOf(url) };
    });
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const copy = newDatabase(to);
    const restored = await command(["restore", "--from", backup, "--database", copy]);
    expect(restored).toMatchObject({ code: 0 });
    expect(restored.output).toContain("Audit log: 5 entries in 4 histories");
    expect(restored.output).toContain("Amounts: 2 orders");
    await withApi(copy, async (url) => {
      expect(await answersOf(url)).toEqual(answers);
      expect(await post(url, "orders", {})).toBe(4);
    });
    expect(await command(["verify", "--backup", backup])).toMatchObject({ code: 0 });
    // Nothing is ever overwritten.
    const again = await command(["restore", "--from", backup, "--database", copy]);
    expect(again).toMatchObject({ code: 1 });
    expect(again.output).toContain("nothing is overwritten");
    expect(await command(["verify", "--database", copy])).toMatchObject({ code: 0 });
  }, 60_000);
});

describe.each(engines)("on %s", (engine) => {
  test("everything that was acknowledged before the backup is in it, and each order is whole", async () => {
    const database = newDatabase(engine);
    const { before, all, backup } = await withApi(database, async (url) => {
      const product_id = await post(url, "products", { product_name: "Tea", list_price: "18" });
      const acknowledged: number[] = [];
      let isOver = false;
      const writer = async () => {
        while (!isOver)
          acknowledged.push(
            await post(url, "orders", {
              order_details: [
                { product_id, quantity: 1 },
                { product_id, quantity: 2 },
              ],
            }),
          );
      };
      const writers = Array.from({ length: 8 }, writer);
      while (acknowledged.length < 100) await Bun.sleep(5);
      const before = [...acknowledged];
      const backup = await backupOf(database);
      isOver = true;
      await Promise.all(writers);
      return { before, all: acknowledged, backup };
    });
    // It was taken in the middle.
    expect(all.length).toBeGreaterThan(before.length);
    const path = join(folder, `journal ${engine}.db`);
    const restored = await command(["restore", "--from", backup, "--database", `sqlite:${path}`]);
    expect(restored).toMatchObject({ code: 0 });
    const stored = new SqliteDatabase(path, { readonly: true });
    const orders = stored
      .query<{ id: number }, []>("SELECT id FROM orders")
      .all()
      .map(({ id }) => id);
    const wholes = stored
      .query<{ id: number }, []>(
        `SELECT o.id FROM orders o WHERE (SELECT COUNT(*) FROM order_details d WHERE d.order_id = o.id) = 2
           AND (SELECT COUNT(*) FROM audit_log a WHERE a.resource = 'order' AND a.resource_id = o.id) = 1`,
      )
      .all();
    stored.close();
    expect(before.filter((id) => !orders.includes(id))).toEqual([]);
    expect(wholes).toHaveLength(orders.length);
  }, 60_000);

  test("a database of version 0.1.0 is backed up before its first start with this version, and that can be restored", async () => {
    const database = newDatabase(engine);
    if (engine === "sqlite") unpackSqlite("0.1.0", database.replace("sqlite:", ""));
    else await loadMariadb("0.1.0", server, new URL(database).pathname.slice(1));
    const to = newFolder();
    await withApi(database, async (url) => expect((await fetch(`${url}/api/orders`)).status).toBe(200), [
      "--backup-to",
      to,
    ]);
    const [name = ""] = readdirSync(to);
    const copy = newDatabase("sqlite");
    const restored = await command(["restore", "--from", join(to, name), "--database", copy]);
    expect(restored).toMatchObject({ code: 0 });
    expect(restored.output).toMatch(/Schema +from step 7 to step \d+/);
    // Another start changes nothing, and takes none.
    await withApi(database, async () => undefined, ["--backup-to", to]);
    expect(readdirSync(to)).toEqual([name]);
  }, 60_000);

  test("what was changed behind the program's back is found", async () => {
    const database = newDatabase(engine);
    await withApi(database, trade);
    expect(await command(["verify", "--database", database])).toMatchObject({ code: 0 });
    await changed(database, ["UPDATE order_details SET quantity = quantity + quantity WHERE order_id = 1"]);
    await changed(database, ["UPDATE audit_log SET principal = 'nobody' WHERE resource = 'product'"]);
    await changed(database, ["DELETE FROM audit_log WHERE resource = 'order' AND resource_id = 3 AND sequence = 1"]);
    await changed(database, ["UPDATE orders SET customer_id = 77 WHERE id = 2"]);
    const { code, output } = await command(["verify", "--database", database]);
    expect(code).toBe(1);
    for (const problem of [
      "Order 1 is not what the audit log says: subtotal, order_total, order_details differ.",
      "product 1: entry 1 is not what was written.",
      "order 3: entry 1 of its history is missing.",
      "Order 2 is not what the audit log says: customer_id differs.",
      "no row of customers",
    ])
      expect(output).toContain(problem);
  }, 60_000);
});

function addressOf(database: string) {
  return { host: server.host, port: server.port, database: new URL(database).pathname.slice(1) };
}

/** Changes rows as no program of ours would. */
async function changed(database: string, statements: readonly string[]): Promise<void> {
  if (database.startsWith("sqlite:")) {
    const file = new SqliteDatabase(database.replace("sqlite:", ""), { readwrite: true, create: false });
    for (const statement of statements) file.run(statement);
    file.close();
    return;
  }
  const { host, port, user, password } = server;
  const connection = await createConnection({
    host,
    port,
    user,
    password,
    database: new URL(database).pathname.slice(1),
  });
  await connection.query("SET foreign_key_checks = 0");
  for (const statement of statements) await connection.query(statement);
  await connection.end();
}

describe.each(engines)("on %s, what is not of this program", (engine) => {
  test("other tables and columns are left out and named, and the backup can be restored", async () => {
    const database = newDatabase(engine);
    await withApi(database, trade);
    await changed(database, ["CREATE TABLE foo (id INT PRIMARY KEY, t TEXT)", "ALTER TABLE shippers ADD rating INT"]);
    const to = newFolder();
    const taken = await command(["backup", "--to", to, "--database", database]);
    expect(taken).toMatchObject({ code: 0 });
    for (const one of ["the table foo", "the column rating of shippers"]) expect(taken.output).toContain(one);
    expect(await command(["verify", "--backup", to])).toMatchObject({ code: 0 });
  }, 60_000);

  test("neither backup nor verify takes an empty database for one of this program", async () => {
    const database = newDatabase(engine);
    if (engine === "sqlite") writeFileSync(database.replace("sqlite:", ""), "");
    else await createMariadbDatabase({ ...addressOf(database), user: server.user, password: server.password });
    const to = newFolder();
    for (const words of [["backup", "--to", to], ["verify"]]) {
      const { code, output } = await command([...words, "--database", database]);
      expect([code, existsSync(to)]).toEqual([1, false]);
      expect(output).toContain("This is no database of this program");
    }
  }, 30_000);

  test("a start beside backups of a database that is gone makes no new one", async () => {
    const database = newDatabase(engine);
    await withApi(database, trade);
    const to = join(await backupOf(database), "..");
    const lost = newDatabase(engine);
    const start = ["--database", lost, "--port", "0", "--no-sample"];
    const refused = await command([...start, "--backup-to", to]);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.output).toContain("has backups, the newest northwind-");
    expect(await command(["restore", "--from", to, "--database", lost])).toMatchObject({ code: 0 });
    await withApi(lost, async () => undefined, ["--backup-to", to]);
  }, 60_000);

  test("verify finds a trigger, a history and a customer as sold that were changed or taken away", async () => {
    const database = newDatabase(engine);
    await withApi(database, async (url) => {
      await post(url, "customers", { company: "Thistle" });
      await post(url, "orders", { customer_id: 1 });
      await trade(url);
      await fetch(`${url}/api/changes`);
    });
    expect(await command(["verify", "--database", database])).toMatchObject({ code: 0 });
    const trigger = engine === "sqlite" ? "orders_unfolded_on_insert" : "orders_folded_on_insert";
    await changed(database, [
      `DROP TRIGGER ${trigger}`,
      "UPDATE orders SET customer_company = 'Evil' WHERE id = 1",
      "UPDATE orders SET version = 77 WHERE id = 2",
      "DELETE FROM audit_log WHERE resource = 'product'",
    ]);
    const { code, output } = await command(["verify", "--database", database]);
    expect(code).toBe(1);
    for (const problem of [
      `The trigger ${trigger} is missing.`,
      "Order 1 is not what the audit log says: customer.company differs.",
      "Order 2 has version 77, and 0 in the audit log.",
      "of the feed are gone.",
    ])
      expect(output).toContain(problem);
  }, 60_000);
});

test("of two restores to one file one succeeds, and the other says so", async () => {
  const database = newDatabase("sqlite");
  await withApi(database, trade);
  const backup = await backupOf(database);
  const copy = newDatabase("sqlite");
  const both = await Promise.all([1, 2].map(() => command(["restore", "--from", backup, "--database", copy])));
  expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
  expect(both.find(({ code }) => code === 1)?.output).toContain("nothing is overwritten");
  expect(await command(["verify", "--database", copy])).toMatchObject({ code: 0 });
  const left = readdirSync(folder).filter((name) => name.includes("unfinished"));
  expect(left).toEqual([]);
}, 60_000);

test("a backup is known by what is in it, whatever its name", async () => {
  const database = newDatabase("sqlite");
  await withApi(database, trade);
  const renamed = join(newFolder(), "mine");
  mkdirSync(dirname(renamed));
  copyFileSync(await backupOf(database), renamed);
  // What a verification that was killed days ago has left is removed; another program's folder is not.
  const temporary = newFolder();
  const [old, young, other] = ["northwind-verify-old", "northwind-verify-young", "other"].map((one) =>
    join(temporary, one),
  );
  for (const one of [old, young, other]) mkdirSync(String(one), { recursive: true });
  for (const one of [old, other]) utimesSync(String(one), 0, 0);
  expect(await command(["verify", "--backup", renamed], { TMPDIR: temporary })).toMatchObject({ code: 0 });
  expect(readdirSync(temporary).sort()).toEqual(["northwind-verify-young", "other"]);
  writeFileSync(renamed, "something else");
  const { code, output } = await command(["verify", "--backup", renamed]);
  expect([code, output]).toEqual([1, expect.stringContaining("This is not a backup")]);
}, 30_000);

describe("a backup that is not whole", () => {
  let backup: Buffer;
  let name: string;
  beforeAll(async () => {
    const database = newDatabase("sqlite");
    await withApi(database, trade);
    const path = await backupOf(database);
    [backup, name] = [readFileSync(path), path.split("/").at(-1) ?? ""];
  }, 60_000);

  async function refused(bytes: Uint8Array): Promise<string> {
    const place = mkdtempSync(join(folder, "damaged-"));
    writeFileSync(join(place, name), bytes);
    const copy = newDatabase("sqlite");
    const { code, output } = await command(["restore", "--from", join(place, name), "--database", copy]);
    expect([code, existsSync(copy.replace("sqlite:", ""))]).toEqual([1, false]);
    return output;
  }

  test("one bit that has changed, wherever it is, is found before anything is written", async () => {
    for (let part = 0; part < 12; part += 1) {
      const bytes = Uint8Array.from(backup);
      const place = Math.floor(((part + 0.5) / 12) * bytes.length);
      bytes[place] = (bytes[place] ?? 0) ^ (1 << (part % 8));
      expect(await refused(bytes)).toMatch(/^(The backup is damaged|This is not a backup)/);
    }
    // Zstandard unpacks these as if nothing had changed: the size of its window, and its end.
    for (const place of [5, backup.length - 45, backup.length - 1]) {
      const bytes = Uint8Array.from(backup);
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      expect(await refused(bytes)).toStartWith("The backup is damaged");
    }
  }, 60_000);

  test("so is an end that is missing or too long, and a file of another kind", async () => {
    for (const length of [0, 10, backup.length >> 1, backup.length - 40, backup.length - 1])
      expect(await refused(backup.subarray(0, length))).toMatch(/^(The backup is damaged|This is not a backup)/);
    expect(await refused(Buffer.concat([backup, backup]))).toStartWith("The backup is damaged");
    expect(await refused(Buffer.from("SQLite format 3"))).toStartWith("This is not a backup");
    expect(await refused(Bun.zstdCompressSync(Buffer.from('{"a":1}\n')))).toStartWith("This is not a backup");
  }, 60_000);
});

describe("npm run backup", () => {
  test("without a place, with an unknown option or a wrong list: every fault, and exit code 2", async () => {
    for (const [words, said] of [
      [[], "--to is missing"],
      [["--to"], "--to"],
      [["--too", "x"], "--too"],
      [["--to", "x", "--keep", "daily"], "--keep must be a list like"],
    ] as const) {
      const { code, output } = await command(["backup", ...words]);
      expect([words, code]).toEqual([words, 2]);
      expect(output).toContain(said);
    }
    expect(await command(["backup", "--help"])).toMatchObject({ code: 0 });
  }, 30_000);

  test("of a database that is not there: said, and no folder is made", async () => {
    const to = newFolder();
    const { code, output } = await command(["backup", "--to", to, "--database", "sqlite:no/such.db"]);
    expect([code, existsSync(to)]).toEqual([1, false]);
    expect(output).toContain("such.db");
  }, 30_000);

  test("--keep deletes what no rule keeps, and nothing else", async () => {
    const database = newDatabase("sqlite");
    await withApi(database, async () => undefined);
    const to = join(await backupOf(database), "..");
    const [name = ""] = readdirSync(to);
    for (const old of ["northwind-2020-01-01T00-00-00Z.backup", "northwind-2020-01-02T00-00-00Z.backup", "notes.txt"])
      copyFileSync(join(to, name), join(to, old));
    const { code } = await command(["backup", "--to", to, "--database", database, "--keep", "last=1,monthly=2"]);
    expect(code).toBe(0);
    const left = readdirSync(to);
    expect([left, left.length]).toEqual([left, 3]);
    expect(left).toEqual(expect.arrayContaining(["notes.txt", "northwind-2020-01-02T00-00-00Z.backup"]));
  }, 30_000);
});
