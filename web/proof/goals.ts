// `npm run goals -- [--orders 1000000]`: what was aimed at, and what it is. A hard goal that is not met gives exit code 1.
// The orders on SQLite are generated once, into `.cache`; MariaDB's are generated each time, in a server of its own.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { type Desk, startDesk } from "../test/browser.ts";
import { generate } from "../test/servers.ts";
import { depthGoals, wheelGoals } from "./goals/depth.ts";
import type { Goal } from "./goals/goal.ts";
import { loadGoals } from "./goals/loads.ts";
import { navigationGoal, serverGoal, workGoals } from "./goals/work.ts";

const { values } = parseArgs({ options: { orders: { type: "string" }, only: { type: "string" } } });
const orders = Number(values.orders ?? "1000000");
const cache = join(import.meta.dir, "..", "..", ".cache", "goals");
mkdirSync(cache, { recursive: true });
const goals: Goal[] = [];
const isWanted = (part: string) => values.only === undefined || values.only === part;

if (isWanted("small"))
  await on(await startDesk(), async (desk) => [
    ...(await loadGoals(desk, console.log)),
    ...(await workGoals(desk)),
    await serverGoal(desk),
  ]);
if (isWanted("slow"))
  await on(await startDesk("sqlite", { apiDelayMs: 150 }), async (desk) => [await navigationGoal(desk)]);
if (isWanted("sqlite")) await onSqlite();
if (isWanted("mariadb")) await onMariadb();
goals.push(...lighthouse());
print();

async function on(desk: Desk, measure: (desk: Desk) => Promise<readonly Goal[]>): Promise<void> {
  try {
    goals.push(...(await measure(desk)));
  } finally {
    await desk.stop();
  }
}

async function onSqlite(): Promise<void> {
  const path = join(cache, `orders-${orders}.db`);
  const database = `sqlite:${path}`;
  if (!existsSync(path)) await generate(orders, database);
  await on(await startDesk("sqlite", { database }), async (desk) => [
    ...(await depthGoals(desk, "SQLite")),
    ...(await wheelGoals(desk)),
  ]);
}

async function onMariadb(): Promise<void> {
  const server = await startPrivateMariadb({ extraArgs: ["--innodb-buffer-pool-size=1G"] });
  try {
    const database = server.url("northwind");
    await generate(orders, database);
    await on(await startDesk("sqlite", { database }), (desk) => depthGoals(desk, "MariaDB"));
  } finally {
    await server.stop();
  }
}

/** Rows 1 and 2: what `npm run lighthouse` last found. */
function lighthouse(): readonly Goal[] {
  const path = join(cache, "lighthouse.json");
  if (!existsSync(path)) return [];
  const found: readonly Goal[] = JSON.parse(readFileSync(path, "utf8"));
  return found;
}

function print(): void {
  const rows = goals.sort((a, b) => Number(a.row) - Number(b.row));
  const lines = rows.map(({ row, goal, target, measured, isMet, isHard }) => [
    ...[row, goal, target, measured],
    isMet ? "met" : isHard ? "MISSED" : "missed (soft)",
  ]);
  const table = [["#", "goal", "target", "measured", ""], ...lines];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  for (const line of table) {
    const text = line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
    const colour = line[4] === "" ? "1" : line[4] === "met" ? "32" : "31";
    console.log(process.stdout.isTTY ? `\u001b[${colour}m${text}\u001b[0m` : text);
  }
  process.exitCode = goals.some(({ isMet, isHard }) => isHard && !isMet) ? 1 : 0;
}
