// `npm run goals -- [--only PART ..] [--orders 1000000]`: targets and measurements of the pages. The last figures of
// each part are saved in `.cache/goals`, so that parts measured one by one add up to the table. A missed hard goal ends
// with exit code 1. The million orders are generated once per engine, into `.cache/goals` too.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Desk, startDesk } from "../test/browser.ts";
import { generate } from "../test/servers.ts";
import { startCachedMariadb } from "./goals/cached-mariadb.ts";
import { depthGoals, wheelGoals } from "./goals/depth.ts";
import type { Goal } from "./goals/goal.ts";
import { loadGoals } from "./goals/loads.ts";
import { navigationGoals } from "./goals/navigation.ts";
import { cacheFolder, type PartName, partNames, savedPart, savePart } from "./goals/parts.ts";
import { serverGoal, workGoals } from "./goals/work.ts";

const { values } = parseArgs({ options: { orders: { type: "string" }, only: { type: "string", multiple: true } } });
const orders = Number(values.orders ?? "1000000");

const measures: Readonly<Record<Exclude<PartName, "lighthouse">, () => Promise<readonly Goal[]>>> = {
  pages: async () => on(await startDesk(), (desk) => loadGoals(desk, console.log)),
  work: async () => on(await startDesk(), async (desk) => [...(await workGoals(desk)), await serverGoal(desk)]),
  slow: async () => on(await startDesk("sqlite", { apiDelayMs: 150 }), navigationGoals),
  sqlite: onSqlite,
  mariadb: onMariadb,
};

const unknown = (values.only ?? []).filter((name) => !(name in measures));
if (unknown.length > 0)
  throw new Error(`No part ${unknown.join(", ")}: there are ${Object.keys(measures).join(", ")}.`);
for (const name of partNames) {
  if (name === "lighthouse" || (values.only !== undefined && !values.only.includes(name))) continue;
  console.log(`measuring: ${name}`);
  savePart(name, await measures[name]());
}
print();

async function on(desk: Desk, measure: (desk: Desk) => Promise<readonly Goal[]>): Promise<readonly Goal[]> {
  try {
    return await measure(desk);
  } finally {
    await desk.stop();
  }
}

async function onSqlite(): Promise<readonly Goal[]> {
  const path = join(cacheFolder(), `orders-${orders}.db`);
  const database = `sqlite:${path}`;
  if (!existsSync(path)) await generate(orders, database);
  return on(await startDesk("sqlite", { database }), async (desk) => [
    ...(await depthGoals(desk, "SQLite")),
    ...(await wheelGoals(desk)),
  ]);
}

async function onMariadb(): Promise<readonly Goal[]> {
  const server = await startCachedMariadb(join(cacheFolder(), `mariadb-${orders}`), (database) =>
    generate(orders, database),
  );
  try {
    return await on(await startDesk("sqlite", { database: server.database }), (desk) => depthGoals(desk, "MariaDB"));
  } finally {
    await server.stop();
  }
}

function print(): void {
  const parts = partNames.map((name) => ({ name, saved: savedPart(name) }));
  const goals = parts.flatMap(({ saved }) =>
    (saved?.goals ?? []).map((goal) => ({ ...goal, on: saved?.measuredOn ?? "" })),
  );
  const rows = goals.sort((a, b) => Number(a.row) - Number(b.row));
  const lines = rows.map(({ row, goal, target, measured, isMet, isHard, on }) => [
    ...[row, goal, target, measured, on],
    isMet ? "met" : isHard ? "MISSED" : "missed (soft)",
  ]);
  const table = [["#", "goal", "target", "measured", "on", ""], ...lines];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  for (const line of table) {
    const text = line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
    const colour = line[5] === "" ? "1" : line[5] === "met" ? "32" : "31";
    console.log(process.stdout.isTTY ? `\u001b[${colour}m${text}\u001b[0m` : text);
  }
  const missing = parts.filter(({ saved }) => saved === null).map(({ name }) => name);
  if (missing.length > 0) console.log(`not measured yet: ${missing.join(", ")}`);
  process.exitCode = goals.some(({ isHard, isMet }) => isHard && !isMet) ? 1 : 0;
}
