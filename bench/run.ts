// `npm run bench`: races our API against the same API in several languages, on one private MariaDB, in rounds.
// README.md in this folder says how it measures and how to read the results.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, buildSeconds } from "./race/build.ts";
import { buildOpenLoop } from "./race/client/open-loop.ts";
import { writeRequests } from "./race/client/requests.ts";
import { wrkSource } from "./race/client/wrk.ts";
import { type Contestant, contestants, missing, ours, root } from "./race/contestant.ts";
import { databaseFloor } from "./race/database-ceiling.ts";
import { openRaceDatabases, type RaceDatabases } from "./race/databases.ts";
import { sameRateFor } from "./race/latency.ts";
import { help, type Options, readOptions } from "./race/options.ts";
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
  const options = readOptions(process.argv.slice(2));
  if (options === "help") return console.log(help);
  if (Bun.which("wrk") === null) throw new Error(`wrk is missing: ${wrkSource}`);
  await buildOpenLoop();
  const participants = [...contestants(), databaseFloor].filter(
    ({ name }) => options.only === null || name === ours || options.only.includes(name),
  );
  const databases = await openRaceDatabases(options.orders, console.log);
  try {
    await race(options, databases, participants);
  } finally {
    await databases.close();
  }
}

async function race(options: Options, databases: RaceDatabases, all: readonly Contestant[]): Promise<void> {
  const machine = describeMachine(all, databases.mariadbVersion);
  const at = new Date().toISOString();
  const samples = new Samples(resultPath(options, at), { at, commit: commit(), machine, options });
  const participants = await admit(all, databases, samples);
  if (options.verifyOnly) return;
  if (options.buildTime) await takeBuildTimes(participants, samples);
  const requestFile = writeRequests(databases);
  const sameRate = await sameRateFor(participants, databases, options.effort, requestFile("order by id"));
  const out = new Set<Contestant>();
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const contestant of participants.filter((one) => !out.has(one))) {
      console.log(`Round ${round}: ${contestant.name}`);
      const trial = {
        contestant,
        round,
        databases,
        samples,
        effort: options.effort,
        requestFile,
        sameRate,
        log: console.log,
      };
      await runTrial(trial).catch((error: unknown) => {
        console.log(`  ${contestant.name} is out: ${String(error)}`);
        samples.note({ contestant: contestant.name, out: String(error) });
        out.add(contestant);
      });
    }
  }
  const peers = participants.map(({ name }) => name).filter((name) => name !== ours);
  console.log(`\n${table(samples, peers)}\n\n${describe(machine)}`);
  if (options.complete) writeFileSync(join(root, "docs/bench.svg"), chart(samples, participants, machine));
}

async function takeBuildTimes(participants: readonly Contestant[], samples: Samples): Promise<void> {
  for (const contestant of participants) {
    const seconds = await buildSeconds(contestant);
    if (seconds === null) continue;
    console.log(`${contestant.name}: built from scratch in ${seconds.toFixed(1)} s`);
    const value = Number(seconds.toPrecision(4));
    samples.add({ contestant: contestant.name, subject: buildSubject, figure: "build_s", round: 1, value });
  }
}

/** Results of complete runs go into the repository; those of others only last until the next run. */
function resultPath({ complete }: Options, at: string): string {
  return complete ? join(root, "bench/results", `${at.slice(0, 10)}.jsonl`) : join(cacheFolder, "last.jsonl");
}

/** The contestants that can be built and whose answers equal ours. Prints why each of the others is left out. */
async function admit(
  all: readonly Contestant[],
  databases: RaceDatabases,
  samples: Samples,
): Promise<readonly Contestant[]> {
  const [our] = all;
  const participants: Contestant[] = [];
  for (const contestant of all) {
    const reasons = await reasonsAgainst(contestant, databases, our);
    if (reasons.length === 0) {
      participants.push(contestant);
      continue;
    }
    console.log(`${contestant.name} is left out:\n${reasons.map((reason) => `  ${reason}`).join("\n")}`);
    samples.note({ contestant: contestant.name, left_out: reasons });
  }
  return participants;
}

async function reasonsAgainst(
  one: Contestant,
  databases: RaceDatabases,
  our: Contestant | undefined,
): Promise<readonly string[]> {
  const needed = missing(one);
  if (needed.length > 0) return needed.map((need) => `missing: ${need}`);
  const fault = await build(one);
  if (fault !== null) return [fault];
  if (our === undefined || one === our || one.database === "none" || one.database === "statement") return [];
  const differences = await verify(databases, our, one);
  console.log(`${one.name}: ${differences.length === 0 ? "every answer is the same as ours" : "answers differ"}`);
  return differences;
}
