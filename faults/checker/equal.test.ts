// V9 across engines: one client does the same work on SQLite and on MariaDB; afterwards every row is equal, including
// the audit log.
import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStores } from "../database/store.ts";
import { Client } from "../load/client.ts";
import { createFixtures } from "../load/fixtures.ts";
import { Journal } from "../load/journal.ts";
import { steps, usualMix } from "../load/load.ts";
import { Random } from "../load/random.ts";
import { type System, startSystem } from "../system/system.ts";
import { equalSystems } from "./stored/v09-equal.ts";

const folder = mkdtempSync(join(tmpdir(), "faults-equal-"));
const systems: System[] = [];
afterAll(async () => {
  for (const system of systems) await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

const activities = 150;

async function worked(engine: "sqlite" | "mariadb"): Promise<System> {
  const own = join(folder, engine);
  mkdirSync(own);
  const system = await startSystem({ engine, folder: own, seed: 11 });
  systems.push(system);
  const journal = new Journal(join(own, "journal.jsonl"));
  const random = new Random(11);
  const client = new Client({ url: system.url, journal, session: 1, random });
  const step = steps(client, await createFixtures(client, "11.0-0"), "11.0-1", random, usualMix);
  for (let activity = 0; activity < activities; activity += 1) await step();
  client.close();
  journal.close();
  return system;
}

test("V9 the same commands leave the same rows on SQLite and on MariaDB", async () => {
  const [sqlite, mariadb] = [await worked("sqlite"), await worked("mariadb")];
  const stores = [...(await openStores(sqlite.store)), ...(await openStores(mariadb.store))];
  expect(await equalSystems(stores)).toEqual([]);
  const [rows] = (await stores[0]?.rows("SELECT COUNT(*) AS n FROM audit_log")) ?? [];
  expect(Number(rows?.n)).toBeGreaterThan(activities / 2);
  await stores[1]?.rows("UPDATE order_details SET unit_price = unit_price + 0.0001 ORDER BY id DESC LIMIT 1");
  expect((await equalSystems(stores)).map(({ words }) => words.slice(0, 20))).toEqual(["Table order_details:"]);
  // A clock time may be another, but not missing.
  const [shipped, tables] = [
    "ORDER BY shipped_date IS NULL, id LIMIT 1",
    ["Table order_details:", "Table orders: only s"],
  ];
  await stores[1]?.rows(`UPDATE orders SET shipped_date = '2024-05-06 07:08:09' ${shipped}`);
  expect((await equalSystems(stores)).map(({ words }) => words.slice(0, 20))).toEqual(tables.slice(0, 1));
  await stores[1]?.rows(`UPDATE orders SET shipped_date = NULL ${shipped}`);
  expect((await equalSystems(stores)).map(({ words }) => words.slice(0, 20)).sort()).toEqual(tables);
  for (const store of stores) await store.close();
});
