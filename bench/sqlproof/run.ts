// `npm run bench:sqlproof`: the CPU time and the heap cells that sqlproof uses per query, compared with the bare
// drivers and the same decoding by hand. The figures depend on the machine; the ratios carry over.
import { openSqlite } from "sqlproof";
import { bunDriver } from "../../sqlproof/src/runtime/mariadb/bun.ts";
import { npmDriver } from "../../sqlproof/src/runtime/mariadb/npm.ts";
import { openMariadbWith } from "../../sqlproof/src/runtime/mariadb/open.ts";
import { bareBun, bareNpm } from "./bare-mariadb.ts";
import { bareSqlite } from "./bare-sqlite.ts";
import { type Contestant, tasks } from "./contestant.ts";
import { openBench } from "./databases.ts";
import { type Figures, measure, type Plan } from "./measure.ts";
import { sqlproofContestant } from "./sqlproof-contestant.ts";

const width = 8;
const sqlitePlan: Plan = {
  rounds: 21,
  width: 1,
  queryCounts: { "point read": 20_000, "100 rows": 400, insert: 1000, transaction: 1000 },
};
const mariadbPlan: Plan = {
  rounds: 11,
  width,
  queryCounts: { "point read": 3000, "100 rows": 300, insert: 2000, transaction: 1500 },
};

const only = process.argv[2];
const bench = await openBench();
try {
  if (only !== "mariadb") {
    const database = openSqlite({ path: await bench.sqliteFile("sqlproof") });
    const bare = bareSqlite(await bench.sqliteFile("bare"));
    const ours = sqlproofContestant("sqlproof, SQLite", "bun:sqlite", database, bench.queries);
    await compare("SQLite, one query after the other", [...bare, ours], sqlitePlan);
  }
  if (only !== "sqlite") {
    const options = { ...bench.server, connectionLimit: width };
    const contestants = [
      bareNpm(bench.server, width),
      sqlproofContestant(
        "sqlproof, npm mariadb",
        "npm mariadb",
        await openMariadbWith(npmDriver, options),
        bench.queries,
      ),
      bareBun(bench.server, width),
      sqlproofContestant(
        "sqlproof, Bun's client",
        "Bun's client",
        await openMariadbWith(bunDriver, options),
        bench.queries,
      ),
    ];
    await compare(`MariaDB, ${width} queries at once`, contestants, mariadbPlan);
  }
} finally {
  await bench.stop();
}

async function compare(title: string, contestants: readonly Contestant[], plan: Plan): Promise<void> {
  console.log(
    `\n${title}: CPU in us per query (median of ${plan.rounds} rounds), ratio to the bare driver, cells per query\n`,
  );
  console.log("| task | contestant | CPU us | ratio | heap cells |\n|---|---|---:|---:|---|");
  for (const task of tasks) {
    const all = await measure(contestants, plan, task);
    for (const [name, figures] of all) console.log(line(task, name, figures));
  }
  for (const contestant of contestants) await contestant.close();
}

function line(task: string, name: string, { cpu, ratio, cells }: Figures): string {
  const types = [...cells].sort((a, b) => b[1] - a[1]).map(([type, each]) => `${type} ${Number(each.toFixed(1))}`);
  return `| ${task} | ${name} | ${cpu.toFixed(1)} | ${ratio === null ? "" : ratio.toFixed(2)} | ${types.join(", ")} |`;
}
