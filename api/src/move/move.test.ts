// `move` in both directions while the API serves and is written to: it may be killed at any moment, and nothing that was
// acknowledged is missing afterwards.
import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadMariadb, tokenOf, unpackSqlite } from "northwind-schema/released-versions";
import { type DatabasePlace, openSnapshot, pagesOf } from "sqlproof/copy";
import { giveUpMove, type MoveEvent, moveDatabase } from "sqlproof/move";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { pendingOn } from "sqlproof/trial";
import { Program } from "../../../test/program.ts";
import { run as command } from "./main.ts";

const root = join(import.meta.dir, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-move-"));
let server: PrivateMariadb;
beforeAll(async () => {
  server = await startPrivateMariadb({
    directory: folder,
    // A process is killed here, not the machine: what is not on the disk yet survives.
    extraArgs: ["--innodb-flush-method=nosync", "--sync-frm=0"],
  });
}, 60_000);
const running: Program[] = [];
afterAll(async () => {
  for (const program of running) program.signalGroup("SIGKILL");
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function run(...words: readonly string[]): Program {
  const program = new Program(process.execPath, ["api/src/main.ts", ...words], root);
  running.push(program);
  return program;
}

async function ended(program: Program) {
  const { code } = await program.ended;
  return { code, output: program.output };
}

const serve = (url: string) => run("--port", "0", "--database", url);
const address = (program: Program) => program.until(/^API\s+(http:\S+)/m);

/** A client of the API with the token of the database that is moved. */
class Client {
  constructor(private readonly token: string) {}

  async send(method: string, url: string, body: object | null = null) {
    const reply = await fetch(url, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${this.token}` },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    const { data }: { readonly data: { readonly id: number } } = JSON.parse(await reply.text());
    return { status: reply.status, data };
  }
}

/** Clients that create, change and delete orders, and remember what was acknowledged. */
class Writers {
  /** The last acknowledged state of each order; null if it was deleted. */
  readonly acknowledged = new Map<number, unknown>();
  #isOver = false;
  readonly #work: Promise<void>;

  constructor(
    private readonly client: Client,
    private readonly url: string,
  ) {
    this.#work = this.#write();
  }

  /** Waits until `count` more orders have been acknowledged: how fast a machine copies must not decide what is tested. */
  async more(count: number): Promise<void> {
    const wanted = this.acknowledged.size + count;
    while (this.acknowledged.size < wanted) await Bun.sleep(5);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#work;
  }

  async #write(): Promise<void> {
    for (let n = 0; !this.#isOver; n += 1) {
      const order_details = [{ product_id: (n % 4) + 1, quantity: `${(n % 7) + 1}`, unit_price: "9.95" }];
      const created = await this.#take("POST", "/api/orders", { customer_id: 1, ship_name: `Nº ${n}`, order_details });
      if (created === null) continue;
      if (n % 3 === 1) await this.#take("PUT", `/api/orders/${created.id}`, { notes: `changed ${n}` });
      if (n % 5 === 4) await this.#delete(created.id);
      // One that has long been there.
      await this.#take("PUT", `/api/orders/${(n % 11) + 1}`, { notes: null, ship_name: `again ${n}` });
    }
  }

  async #take(method: string, path: string, body: object) {
    const { status, data } = await this.client.send(method, this.url + path, body);
    // The machine has other work to do as well.
    await Bun.sleep(status === 503 ? 100 : 30);
    // A closed order refuses; a database that is moved away refuses everything.
    if (status >= 300) return null;
    this.acknowledged.set(data.id, data);
    return data;
  }

  async #delete(id: number): Promise<void> {
    const { status } = await this.client.send("DELETE", `${this.url}/api/orders/${id}`);
    if (status === 200) this.acknowledged.set(id, null);
  }
}

/** The answer to a write has other members than that to a read; what is in both must be equal. */
function isSame(found: unknown, expected: unknown): boolean {
  if (found === null || expected === null) return found === expected;
  const known = new Map(Object.entries(Object(expected)));
  const both = Object.entries(Object(found)).filter(([name]) => known.has(name));
  return both.length > 15 && both.every(([name, value]) => Bun.deepEquals(value, known.get(name)));
}

const directions = [
  { from: "sqlite", to: "mariadb" },
  { from: "mariadb", to: "sqlite" },
] as const;

describe.each(directions)("move from $from to $to", ({ from, to }) => {
  const place = (engine: "sqlite" | "mariadb", name: string) =>
    engine === "sqlite" ? `sqlite:${join(folder, `${name}.db`)}` : server.url(name);

  test("while it is written to, killed on the way, loses nothing that was acknowledged", async () => {
    const [source, target] = [place(from, `source_${from}`), place(to, `target_${to}`)];
    if (from === "sqlite") unpackSqlite("0.2.0", join(folder, "source_sqlite.db"));
    else await loadMariadb("0.2.0", server, "source_mariadb");
    const client = new Client(tokenOf("0.2.0", from) ?? "");
    const old = serve(source);
    const url = await address(old);
    const writers = new Writers(client, url);
    for (const moment of [/^Copying begins/m, /^From now on writes are refused$/m]) {
      await writers.more(10);
      const killed = run("move", source, target);
      await killed.until(moment);
      killed.signal("SIGKILL");
      await killed.ended;
    }
    const moved = await ended(run("move", source, target));
    expect(moved.output).toMatch(/^\d+ rows of \d+ tables are in |was moved to .* before\.$/m);
    expect(moved.code).toBe(0);
    await writers.end();
    // The old program still reads, and refuses every write in words.
    expect((await client.send("GET", `${url}/api/orders?limit=1`)).status).toBe(200);
    expect((await client.send("POST", `${url}/api/orders`, { customer_id: 1 })).status).toBe(503);
    old.signal("SIGKILL");

    const refused = await ended(serve(source));
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("was moved to") });
    const next = await address(serve(target));
    const differs: unknown[] = [];
    for (const [id, expected] of writers.acknowledged) {
      const { status, data } = await client.send("GET", `${next}/api/orders/${id}?include=details`);
      const found = status === 404 ? null : data;
      if (!isSame(found, expected)) differs.push({ id, expected, found });
    }
    expect(differs).toEqual([]);
    const { status, data } = await client.send("POST", `${next}/api/orders`, {
      customer_id: 1,
      ship_name: "Zzyzx Road",
    });
    expect(status).toBe(201);
    expect(data.id).toBeGreaterThan(Math.max(...writers.acknowledged.keys()));
    // The triggers are there: a search finds the text of a new order.
    expect((await client.send("GET", `${next}/api/orders?q=zzyzx`)).data).toMatchObject([{ id: data.id }]);
  }, 120_000);

  /** A database of a released version, and its place. */
  async function released(): Promise<DatabasePlace> {
    if (from === "mariadb") {
      await loadMariadb("0.2.0", server, "released");
      const { host, port, user, password } = server;
      return { engine: "mariadb", server: { host, port, user, password, database: "released" } };
    }
    const path = join(folder, "released.db");
    unpackSqlite("0.2.0", path);
    return { engine: "sqlite", path };
  }

  function emptyPlace(): DatabasePlace {
    if (to === "sqlite") return { engine: "sqlite", path: join(folder, "from-released.db") };
    const { host, port, user, password } = server;
    return { engine: "mariadb", server: { host, port, user, password, database: "from_released" } };
  }

  test("stopped between any two of its stages, it goes on; every row is there; it can be taken back", async () => {
    const [source, target, schema] = [await released(), emptyPlace(), join(root, "schema", to)];
    const stages = ["begun", "pass", "frozen", "complete", "moved"] as const;
    const stepsOf = async (place: DatabasePlace, steps: string) =>
      (await pendingOn(place, steps)).steps.map(({ name }) => name);
    // The steps that came after the released version are left to the program that opens the target.
    const later = await stepsOf(source, join(root, "schema", from));
    for (const stage of stages) {
      const onEvent = ({ event }: MoveEvent) => {
        if (event === stage) throw new Error(`stopped at ${stage}`);
      };
      await expect(moveDatabase({ source, target, folder: schema, onEvent })).rejects.toThrow(`stopped at ${stage}`);
      if (stage === "moved") break;
      const isComplete = await pendingOn(target, schema).then(
        () => true,
        () => false,
      );
      expect([stage, isComplete]).toEqual([stage, false]);
    }
    const onEvent = () => undefined;
    // The source is marked: what is left is that programs may use the target.
    expect(await moveDatabase({ source, target, folder: schema, onEvent })).toBeNull();
    expect(await stepsOf(target, schema)).toEqual(later);
    expect(await rowsOf(target)).toEqual(await rowsOf(source));
    await expect(pendingOn(source, join(root, "schema", from))).rejects.toThrow("was moved to");
    expect(await giveUpMove(source)).toBe(true);
    expect(await stepsOf(source, join(root, "schema", from))).toEqual(later);
    expect(await giveUpMove(source)).toBe(false);
  }, 60_000);
});

/** The number of rows of each table. */
async function rowsOf(place: DatabasePlace): Promise<Record<string, number>> {
  const snapshot = await openSnapshot(place);
  const rows: Record<string, number> = {};
  for (const table of snapshot.tables) {
    rows[table.name] = 0;
    for await (const page of pagesOf(snapshot, table)) rows[table.name] = (rows[table.name] ?? 0) + page.length;
  }
  await snapshot.close();
  return rows;
}

test("what is wrong is said in words, and nothing is overwritten", async () => {
  const source = join(folder, "small.db");
  unpackSqlite("0.2.0", source);
  const said: string[] = [];
  const print = spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
  const taken = join(folder, "taken.db");
  await Bun.write(taken, "something");
  try {
    expect(await command([`sqlite:${source}`])).toBe(2);
    expect(await command([`sqlite:${source}`, "orders.db"])).toBe(2);
    expect(await command([`sqlite:${source}`, `sqlite:${source}`])).toBe(1);
    expect(await command([`sqlite:${source}`, `sqlite:${taken}`])).toBe(1);
  } finally {
    print.mockRestore();
  }
  const words = [
    "Name the source and the target.",
    "this is not a database URL",
    "the same database",
    "is overwritten",
  ];
  expect(said.map((line, index) => line.includes(words[index] ?? "?"))).toEqual([true, true, true, true]);
  expect(await Bun.file(taken).text()).toBe("something");
});
