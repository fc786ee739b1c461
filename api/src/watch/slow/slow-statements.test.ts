// Slow statements in the log: with their plan, and never with a value, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openSqlite, type StatementObserver } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { Program } from "../../../../test/program.ts";
import { anchorsReport } from "../../orders/overview/anchors.ts";
import { ordersByIds } from "../../orders/queries.ts";
import { createReporter } from "../../report-list.ts";
import { type SlowStatement, SlowStatements } from "./slow-statements.ts";

const root = join(import.meta.dir, "..", "..", "..", "..");
const schema = join(root, "schema");
const folder = mkdtempSync(join(tmpdir(), "northwind-slow-"));
const path = join(folder, "northwind.db");
let mariadb: PrivateMariadb;

beforeAll(async () => {
  mariadb = await startPrivateMariadb();
  await migrateSqlite({ folder: join(schema, "sqlite"), database: path });
  const server = { ...mariadb, database: "slow" };
  await createMariadbDatabase(server);
  await migrateMariadb({ folder: join(schema, "mariadb"), server });
}, 60_000);

afterAll(async () => {
  await mariadb.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function opened(engine: string, onStatement: StatementObserver): Promise<Database> {
  if (engine === "sqlite") return openSqlite({ path, onStatement });
  const { host, port, user, password } = mariadb;
  return openMariadb({ host, port, user, password, database: "slow", onStatement });
}

/** Watches as if each statement had taken 5 s longer than it did. */
function watching() {
  const lines: SlowStatement[] = [];
  const slow = new SlowStatements({ fromMs: 5000, write: (line) => lines.push(line) });
  const onStatement: StatementObserver = (statement) =>
    slow.saw({ ...statement, startedAt: statement.startedAt - 5000 }, null);
  const line = async (matches: (line: SlowStatement) => boolean) => {
    for (;;) {
      const found = lines.find(matches);
      if (found !== undefined) return found;
      await Bun.sleep(5);
    }
  };
  return { lines, slow, onStatement, line };
}

describe.each(["sqlite", "mariadb"])("on %s", (engine) => {
  test("a slow statement is logged with its text and its plan, and without its values", async () => {
    const { slow, onStatement, lines, line } = watching();
    const database = await opened(engine, onStatement);
    try {
      slow.planWith(database);
      await database.all(ordersByIds, { ids: [987_654_321] });
      const { statement, plan, duration_ms, failed } = await line(({ plan: known }) => known !== null);
      expect(statement).toMatch(/^SELECT .* FROM orders/);
      expect(statement).not.toContain("\n");
      expect(plan).toMatch(engine === "sqlite" ? /SEARCH .*USING .*\(rowid=\?\)/ : /orders|o: |no matching row|-/);
      expect(duration_ms).toBeGreaterThanOrEqual(5000);
      expect(failed).toBe(false);
      expect(JSON.stringify(lines)).not.toContain("987654321");
    } finally {
      await database.close();
    }
  });

  test("a storm of slow statements costs one plan and ten lines a second, and says how many it leaves out", async () => {
    const { slow, onStatement, lines, line } = watching();
    const database = await opened(engine, onStatement);
    try {
      slow.planWith(database);
      for (let count = 0; count < 300; count += 1) await database.all(ordersByIds, { ids: [count] });
      await Bun.sleep(1100);
      await database.all(ordersByIds, { ids: [1] });
      await line(({ left_out }) => left_out > 0);
      const seconds = 2 + 300 / 50;
      expect(lines.length).toBeLessThanOrEqual(10 * seconds);
      expect(lines.filter(({ plan }) => plan !== null).length).toBeLessThanOrEqual(seconds);
    } finally {
      await database.close();
    }
  });
});

test("the report thread tells of its slow statements as well", async () => {
  const { slow, onStatement, line } = watching();
  const database = openSqlite({ path });
  const source = { engine: "sqlite", path, slowFromMs: 0 } as const;
  const reporter = createReporter(database, source, { largeFrom: 0, onStatement });
  try {
    slow.planWith(database);
    const filters = {
      ...{ status_id: null, customer_id: null, employee_id: null, shipper_id: null },
      ...{ order_date_from: null, order_date_to: null, q: null, more: null },
    };
    await reporter.run(anchorsReport, { filters, sort: "id" });
    expect((await line(({ plan }) => plan !== null)).statement).toContain("orders");
  } finally {
    await reporter.close();
    await database.close();
  }
});

test("--slow-statement-ms: the program logs them, and counts them", async () => {
  const database = `sqlite:${join(folder, "program.db")}`;
  const options = ["--port", "0", "--notice-ms", "0", "--database", database, "--slow-statement-ms", "1"];
  const program = new Program(process.execPath, ["api/src/main.ts", ...options], root);
  try {
    const address = await program.until(/^API\s+(http:\/\/\S+)/m);
    // The sample company was loaded with statements of many rows.
    const logged = await program.until(/^.*"event":"slow-statement".*$/m);
    expect(JSON.parse(logged)).toMatchObject({ level: "warn", trace_id: null, failed: false });
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(Number(/^northwind_slow_statements_total (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(0);
  } finally {
    program.signalGroup("SIGKILL");
  }
});
