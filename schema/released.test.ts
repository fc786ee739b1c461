/**
 * Databases of released versions are migrated without a lost row, and old clients get the answers that they got before.
 * `released/VERSION` holds a small database of each engine as that version left it, and what its API answered.
 */
import { Database } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { createConnection } from "mariadb";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";

const root = join(import.meta.dir, "..");
const released = join(import.meta.dir, "released", "0.1.0");
const folder = mkdtempSync(join(tmpdir(), "northwind-released-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Tables that this program writes at its start, and columns that later versions compute anew. */
const rewritten = { tables: ["schema_migrations", "setup_steps"], columns: ["search_text"] };
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

function oldSqlite(): Old {
  const file = join(folder, "northwind.db");
  writeFileSync(file, gunzipSync(readFileSync(join(released, "sqlite.db.gz"))));
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

async function oldMariadb(server: PrivateMariadb): Promise<Old> {
  const { host, port, user, password } = server;
  const first = await createConnection({ host, port, user, password });
  await first.query("CREATE DATABASE northwind");
  await first.end();
  const client = ["mariadb", `--socket=${server.socketPath}`, "-uroot", `-p${password}`, "northwind"];
  const dump = gunzipSync(readFileSync(join(released, "mariadb.sql.gz")));
  const loaded = Bun.spawnSync(client, { stdin: dump });
  if (!loaded.success) throw new Error(`the dump cannot be loaded: ${loaded.stderr}`);
  return {
    url: server.url("northwind"),
    async rows() {
      const database = "northwind";
      const connection = await createConnection({ host, port, user, password, database, dateStrings: true });
      const names: { name: string }[] = await connection.query(
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'northwind' ORDER BY 1",
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

/** The rows as a later version stores them: a tax rate has six places, on SQLite as a whole number of millionths. */
function inLaterForm(old: Tables): Tables {
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

async function answer(address: string): Promise<Answer> {
  const response = await fetch(address);
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

describe.each(["sqlite", "mariadb"] as const)("a database of version 0.1.0 on %s", (engine) => {
  let server: PrivateMariadb | null = null;
  let old: Old;
  beforeAll(async () => {
    if (engine === "mariadb") server = await startPrivateMariadb({ directory: folder });
    old = server === null ? oldSqlite() : await oldMariadb(server);
  }, 60_000);
  afterAll(() => server?.stop());

  test("is migrated without a lost row or a changed value, and answers its old clients as before", async () => {
    const before = await old.rows();
    expect(before.get("orders")?.length).toBe(11);
    const known: Record<string, Answer> = JSON.parse(readFileSync(join(released, "answers.json"), "utf8"));
    const answers = await served(old.url, async (address) => {
      await expectFeed(address, before.get("audit_log") ?? []);
      const entries = Object.keys(known).map(async (path) => [path, await answer(address + path)] as const);
      return Object.fromEntries(await Promise.all(entries));
    });
    expect(comparable(await old.rows(), before)).toEqual(comparable(inLaterForm(before), before));
    for (const [path, expected] of Object.entries(known)) {
      // Old clients of orders read exactly the members that they know; other resources may have gained some.
      if (path.startsWith("/api/orders")) expect(answers[path]).toEqual(expected);
      else expect(answers[path]).toMatchObject(expected);
    }
  }, 60_000);
});
