/**
 * Databases of released versions are migrated without a lost row, and old clients get the answers that they got before.
 * `released/VERSION` holds a small database of each engine as that version left it, and what its API answered.
 */
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { folderOf, loadMariadb, releasedVersions, tokenOf, unpackSqlite } from "./released-versions.ts";

const root = join(import.meta.dir, "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-released-"));
let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb({ directory: folder });
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("every version in CHANGELOG.md has its databases, and package.json names the newest", () => {
  const changes = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  const listed = [...changes.matchAll(/^## \[(\d[^\]]*)\] - \d{4}-\d\d-\d\d$/gm)].map(([, version]) => version);
  expect(listed.toReversed()).toEqual([...releasedVersions()]);
  const { version }: { readonly version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(version).toBe(listed[0] ?? "");
  const needed = ["answers.json", "mariadb.sql.gz", "sqlite.db.gz", "statements.json.gz"];
  const missing = releasedVersions().flatMap((one) => needed.map((name) => join(folderOf(one), name)));
  expect(missing.filter((file) => !existsSync(file))).toEqual([]);
});

/** Tables that this program writes at its start or whose rows expire, and columns that it writes anew. */
const rewritten = {
  tables: [
    ...["schema_migrations", "setup_steps", "sessions", "password_links", "failed_sign_ins", "challenges"],
    ...["single_sign_ons", "idempotency_keys"],
  ],
  columns: ["search_text", "used_at"],
};
/** Tables from which the search reads; they follow the rows. */
const searchTables = /^search_/;

type Rows = readonly Readonly<Record<string, unknown>>[];
type Tables = ReadonlyMap<string, Rows>;

interface Old {
  readonly url: string;
  /** Every row of every table. */
  readonly rows: () => Promise<Tables>;
}

function columnsOf(rows: Rows): readonly string[] {
  return Object.keys(rows[0] ?? {}).filter((name) => !rewritten.columns.includes(name));
}

function isKept(table: string): boolean {
  return !rewritten.tables.includes(table) && !searchTables.test(table) && !table.startsWith("sqlite_");
}

function oldSqlite(version: string): Old {
  const file = join(folder, `${version}.db`);
  unpackSqlite(version, file);
  return {
    url: `sqlite:${file}`,
    async rows() {
      const database = new Database(file, { readonly: true });
      const names = database.query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
      const tables = new Map<string, Rows>();
      for (const { name } of names.filter(({ name }) => isKept(name))) {
        tables.set(name, database.query<Rows[number], []>(`SELECT * FROM ${name}`).all());
      }
      database.close();
      return tables;
    },
  };
}

async function oldMariadb(version: string): Promise<Old> {
  const database = `northwind_${version.replaceAll(".", "_")}`;
  await loadMariadb(version, server, database);
  return {
    url: server.url(database),
    async rows() {
      const { host, port, user, password } = server;
      const connection = await createConnection({
        ...{ host, port, user, password, database },
        ...{ dateStrings: true, bigIntAsNumber: true },
      });
      const names: { name: string }[] = await connection.query(
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1",
      );
      const tables = new Map<string, Rows>();
      for (const { name } of names.filter(({ name }) => isKept(name))) {
        tables.set(name, await connection.query(`SELECT * FROM ${name} ORDER BY 1`));
      }
      await connection.end();
      return tables;
    },
  };
}

/**
 * Only what the old version had: tables with rows, and in them the columns that it had and that stay as they are. The
 * rows are in an order of their own, because a table may have got another key.
 */
function comparable(tables: Tables, old: Tables): Record<string, Rows> {
  const compared: Record<string, Rows> = {};
  for (const [name, rows] of old) {
    const columns = columnsOf(rows);
    const found = tables.get(name) ?? [];
    if (rows.length === 0) continue;
    const kept = found.map((row) => Object.fromEntries(columns.map((at) => [at, row[at]])));
    compared[name] = kept.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return compared;
}

/** Whether a version came before this one. */
function isBefore(version: string, later: string): boolean {
  return Bun.semver.order(version, later) < 0;
}

/** The rows as this version stores them. */
function inLaterForm(version: string, old: Tables): Tables {
  const rated = isBefore(version, "0.2.0") ? withSixPlaces(old) : old;
  return isBefore(version, "0.3.0") ? withStock(rated) : rated;
}

/** Fixed values that came with the stock. */
const fixedByStock = new Map<string, Rows>([
  [
    "inventory_transaction_types",
    [
      { id: 5, type_name: "Returned" },
      { id: 6, type_name: "Adjusted" },
      { id: 7, type_name: "Released" },
    ],
  ],
  ["orders_status", [{ id: 4, status_name: "Cancelled" }]],
  ["purchase_order_status", [{ id: 4, status: "Cancelled" }]],
]);

/** An entry of the ledger has four places; SQLite counts ten-thousandths, which were whole pieces before. */
function withStock(old: Tables): Tables {
  const isSqlite = typeof old.get("orders")?.[0]?.shipping_fee === "number";
  const later = new Map(
    [...old].map(([table, rows]) => [table, [...rows, ...(fixedByStock.get(table) ?? [])]] as const),
  );
  const entries = (old.get("inventory_transactions") ?? []).map((row) => ({
    ...row,
    quantity: isSqlite ? Number(row.quantity) * 10_000 : `${row.quantity}.0000`,
  }));
  return later.set("inventory_transactions", entries);
}

function withSixPlaces(old: Tables): Tables {
  // A tax rate has six places, on SQLite as a whole number of millionths.
  const later = ({ tax_rate, ...row }: Rows[number]) => {
    if (tax_rate === undefined) return row;
    return { ...row, tax_rate: typeof tax_rate === "number" ? tax_rate * 100 : `${tax_rate}00` };
  };
  return new Map([...old].map(([table, rows]) => [table, rows.map(later)]));
}

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly data: object | null;
}

/** Starts the API on the database, which migrates it, and gives what `use` makes of its address. */
async function served<T>(url: string, use: (address: string) => Promise<T>): Promise<T> {
  const args = ["api/src/main.ts", "--port", "0", "--no-sample", "--database", url];
  const program = Bun.spawn([process.execPath, ...args], {
    cwd: root,
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  try {
    let output = "";
    for await (const chunk of program.stdout) {
      output += new TextDecoder().decode(chunk);
      const address = /^API\s+(http:\S+)/m.exec(output)?.[1];
      if (address !== undefined) return await use(address);
    }
    throw new Error(`the API did not start: ${output}`);
  } finally {
    program.kill("SIGKILL");
    await program.exited;
  }
}

async function answer(address: string, token: string | null): Promise<Answer> {
  const response = await fetch(address, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });
  const { message, data }: Pick<Answer, "message" | "data"> = JSON.parse(await response.text());
  return { status: response.status, message, data };
}

interface Change {
  readonly sequence: number;
  readonly resource: string;
  readonly id: number;
  readonly version: number | null;
  readonly history_sequence: number;
}

/** The feed of changes has every old audit entry once, and the last version of each resource. */
async function expectFeed(address: string, audited: Rows): Promise<void> {
  const { data }: { data: readonly Change[] } = JSON.parse(await (await fetch(`${address}/api/changes`)).text());
  expect(audited.length).toBeGreaterThan(0);
  expect(data.map(({ sequence }) => sequence)).toEqual(audited.map((_, index) => index + 1));
  for (const [name, changes] of Map.groupBy(data, ({ resource, id }) => `${resource}s/${id}`)) {
    expect(changes.map(({ history_sequence }) => history_sequence)).toEqual(changes.map((_, index) => index + 1));
    const { status, headers } = await fetch(`${address}/api/${name}`);
    const version = changes.at(-1)?.version ?? null;
    expect([name, status, headers.get("etag")]).toEqual(
      version === null ? [name, 404, null] : [name, 200, `"${version}"`],
    );
  }
}

const cases = releasedVersions().flatMap((version) => [
  { version, engine: "sqlite" } as const,
  { version, engine: "mariadb" } as const,
]);

describe.each(cases)("a database of version $version on $engine", ({ version, engine }) => {
  let old: Old;
  beforeAll(async () => {
    old = engine === "sqlite" ? oldSqlite(version) : await oldMariadb(version);
  }, 60_000);

  test("is migrated without a lost row or a changed value, and answers its old clients as before", async () => {
    const before = await old.rows();
    expect(before.get("orders")?.length).toBeGreaterThan(10);
    const known: Record<string, Answer> = JSON.parse(readFileSync(join(folderOf(version), "answers.json"), "utf8"));
    const answers = await served(old.url, async (address) => {
      if (isBefore(version, "0.2.0")) await expectFeed(address, before.get("audit_log") ?? []);
      const token = tokenOf(version, engine);
      const entries = Object.keys(known).map(async (path) => [path, await answer(address + path, token)] as const);
      return Object.fromEntries(await Promise.all(entries));
    });
    expect(comparable(await old.rows(), before)).toEqual(comparable(inLaterForm(version, before), before));
    for (const [path, expected] of Object.entries(known)) {
      // Old clients of orders read exactly the members that they know; other resources may have gained some.
      if (path.startsWith("/api/orders")) expect(answers[path]).toEqual(expected);
      else expect(answers[path]).toMatchObject(expected);
    }
  }, 60_000);
});
