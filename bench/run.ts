// `npm run bench`: the same API in several languages beside ours, on one private MariaDB, in turns. README.md in this
// folder says how it measures and how to read it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, buildSeconds } from "./race/build.ts";
import { buildOpenLoop } from "./race/client/open-loop.ts";
import { writeRequests } from "./race/client/requests.ts";
import { wrkSource } from "./race/client/wrk.ts";
import { type Contestant, contestants, missing, ours, root } from "./race/contestant.ts";
import { databaseFloor } from "./race/database-ceiling.ts";
import { openStage, type Stage } from "./race/databases.ts";
import { sameRateFor } from "./race/latency.ts";
import { help, readOptions, type Wish } from "./race/options.ts";
import { chart } from "./race/report/chart.ts";
import { commit, describe, describeMachine } from "./race/report/machine.ts";
import { Samples } from "./race/report/sample.ts";
import { buildSubject } from "./race/report/subjects.ts";
import { table } from "./race/report/table.ts";
import { runTrial } from "./race/run-trial.ts";
import { cacheFolder } from "./race/serve.ts";
import { verify } from "./verify.ts";

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(1));
await main();

async function main(): Promise<void> {
  const wish = readOptions(process.argv.slice(2));
  if (wish === "help") return console.log(help);
  if (Bun.which("wrk") === null) throw new Error(`wrk is missing: ${wrkSource}`);
  await buildOpenLoop();
  const taking = [...contestants(), databaseFloor].filter(
    ({ name }) => wish.only === null || name === ours || wish.only.includes(name),
  );
  const stage = await openStage(wish.orders, console.log);
  try {
    await race(wish, stage, taking);
  } finally {
    await stage.close();
  }
}

async function race(wish: Wish, stage: Stage, all: readonly Contestant[]): Promise<void> {
  const machine = describeMachine(all, stage.mariadbVersion);
  const at = new Date().toISOString();
  const samples = new Samples(resultPath(wish, at), { at, commit: commit(), machine, wish });
  const taking = await admitted(all, stage, samples);
  if (wish.verifyOnly) return;
  if (wish.buildTime) await takeBuildTimes(taking, samples);
  const requestFile = writeRequests(stage);
  const sameRate = await sameRateFor(taking, stage, wish.effort, requestFile("order by id"));
  const out = new Set<Contestant>();
  for (let round = 1; round <= wish.rounds; round += 1) {
    for (const contestant of taking.filter((one) => !out.has(one))) {
      console.log(`Round ${round}: ${contestant.name}`);
      const trial = {
        contestant,
        round,
        stage,
        samples,
        effort: wish.effort,
        requestFile,
        sameRate,
        tell: console.log,
      };
      await runTrial(trial).catch((error: unknown) => {
        console.log(`  ${contestant.name} is out: ${String(error)}`);
        samples.note({ contestant: contestant.name, out: String(error) });
        out.add(contestant);
      });
    }
  }
  const peers = taking.map(({ name }) => name).filter((name) => name !== ours);
  console.log(`\n${table(samples, peers)}\n\n${describe(machine)}`);
  if (wish.whole) writeFileSync(join(root, "docs/bench.svg"), chart(samples, taking, machine));
}

async function takeBuildTimes(taking: readonly Contestant[], samples: Samples): Promise<void> {
  for (const contestant of taking) {
    const seconds = await buildSeconds(contestant);
    if (seconds === null) continue;
    console.log(`${contestant.name}: built from scratch in ${seconds.toFixed(1)} s`);
    const value = Number(seconds.toPrecision(4));
    samples.add({ contestant: contestant.name, subject: buildSubject, figure: "build_s", round: 1, value });
  }
}

/** Full runs are kept; others only until the next. */
function resultPath({ whole }: Wish, at: string): string {
  return whole ? join(root, "bench/results", `${at.slice(0, 10)}.jsonl`) : join(cacheFolder, "last.jsonl");
}

/** Those whose programs are there, that could be built, and whose answers are ours. The others are named with the reason. */
async function admitted(all: readonly Contestant[], stage: Stage, samples: Samples): Promise<readonly Contestant[]> {
  const [our] = all;
  const taking: Contestant[] = [];
  for (const contestant of all) {
    const reasons = await reasonsAgainst(contestant, stage, our);
    if (reasons.length === 0) {
      taking.push(contestant);
      continue;
    }
    console.log(`${contestant.name} is left out:\n${reasons.map((reason) => `  ${reason}`).join("\n")}`);
    samples.note({ contestant: contestant.name, left_out: reasons });
  }
  return taking;
}

async function reasonsAgainst(one: Contestant, stage: Stage, our: Contestant | undefined): Promise<readonly string[]> {
  const needed = missing(one);
  if (needed.length > 0) return needed.map((need) => `missing: ${need}`);
  const fault = await build(one);
  if (fault !== null) return [fault];
  if (our === undefined || one === our || one.database === "none" || one.database === "statement") return [];
  const differences = await verify(stage, our, one);
  console.log(`${one.name}: ${differences.length === 0 ? "every answer is the same as ours" : "answers differ"}`);
  return differences;
}
