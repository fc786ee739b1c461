// Every metric that the dashboard, the alerts and docs/watch.md name is there when both engines are read, and every
// metric that is there is explained.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "sqlproof";
import { startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { databaseMetrics } from "./database.ts";
import { LogFile } from "./log-file.ts";
import { metricsText } from "./metrics.ts";
import { backupMetrics } from "./process.ts";
import { readExposition } from "./read-exposition.ts";
import { SlowStatements } from "./slow/slow-statements.ts";
import { Exporter } from "./trace/exporter.ts";

const root = join(import.meta.dir, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-deployed-"));
/** The names of all metrics, and of their samples, which a histogram has several of. */
const families = new Set<string>();
const samples = new Set<string>();

beforeAll(async () => {
  const both = await startBothEngines();
  try {
    await both.call("POST", "/api/orders", { body: { customer_id: 1, order_details: [] } });
    await both.onDatabases(async (database) => take(await metricsText([databaseMetrics(inCluster(database))])));
    for (const { url } of both.servers) take(await (await fetch(`${url}/metrics`)).text());
  } finally {
    await both.stop();
  }
  const logFile = await LogFile.open(join(folder, "a.log"));
  take(await metricsText([logFile.metrics(), backupMetrics(() => 1_700_000_000)]));
  await logFile.close();
  const exporter = new Exporter({
    endpoint: new URL("http://127.0.0.1:9"),
    headers: {},
    resource: { service: "a", version: "1", instance: "b" },
    onChange: () => undefined,
  });
  take(await metricsText([new SlowStatements({ fromMs: 1, write: () => undefined }).metrics(), exporter.metrics()]));
  await exporter.close();
}, startTimeoutMs);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function take(text: string): void {
  for (const [name, family] of readExposition(text)) {
    families.add(name);
    for (const sample of family.samples) samples.add(sample.name);
  }
}

/** A database as it says of itself when it is a cluster; sqlproof's own tests start a real one. */
function inCluster(database: Database): Pick<Database, "one" | "load"> {
  const load = database.load?.();
  if (load === undefined) throw new Error("the database does not say what it does");
  const nodes = [{ node: "a:3306", state: "up", isWriter: true }] as const;
  return { one: (query, ...params) => database.one(query, ...params), load: () => ({ ...load, nodes }) };
}

/** The names that a text mentions, with the ends of histograms where it has them. */
function namesIn(text: string): readonly string[] {
  return [...new Set(text.match(/\b(?:northwind|process)_\w+[a-z]/g))].filter((name) => name !== "process_");
}

test.each(["deploy/grafana/northwind.json", "deploy/prometheus/alerts.yml", "deploy/prometheus/alerts.test.yml"])(
  "%s names only metrics that exist",
  (file) => {
    const names = namesIn(readFileSync(join(root, file), "utf8"));
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !samples.has(name))).toEqual([]);
  },
);

test("docs/watch.md explains every metric, and no other", () => {
  const text = readFileSync(join(root, "docs/watch.md"), "utf8").replaceAll("process_*", "");
  const short = text.match(/`\.\.(_\w+)`/g)?.map((end) => end.slice(3, -1)) ?? [];
  const named = namesIn(text);
  const known = new Set([...named, ...named.flatMap((name) => short.map((end) => name + end))]);
  expect([...families].filter((name) => !known.has(name) && !name.startsWith("process_"))).toEqual([]);
  expect(named.filter((name) => !families.has(name) && !samples.has(name))).toEqual([]);
});

test("the alerts and the dashboard are what their programs read", () => {
  const alerts: unknown = Bun.YAML.parse(readFileSync(join(root, "deploy/prometheus/alerts.yml"), "utf8"));
  expect(alerts).toMatchObject({ groups: [{ name: "northwind" }] });
  const dashboard = JSON.parse(readFileSync(join(root, "deploy/grafana/northwind.json"), "utf8"));
  expect(dashboard).toMatchObject({ uid: "northwind-orders" });
  const ids = dashboard.panels.map(({ id }: { readonly id: number }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
