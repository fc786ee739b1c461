// `npm run mutate:sql`: puts faults into every query of the program and asks what notices them: the check, the types,
// the differential run, or a test. What nothing notices is listed, and is a test to write.
// `operators` make the faults, `judges` find out what stops them, and `in-tests` runs inside the test processes.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "../../sqlproof/src/check/config.ts";
import type { Wanted } from "./judges/check.ts";
import { operators } from "./mutation.ts";
import { reportOf } from "./report.ts";
import { MutationRun } from "./run.ts";

const usage = `npm run mutate:sql                          every query, at most one mutant of each operator per query
npm run mutate:sql -- --each N              at most N of each operator per query
npm run mutate:sql -- --seed N              other mutants where there is a choice (1)
npm run mutate:sql -- --query TEXT          only the queries that contain TEXT
npm run mutate:sql -- --operator NAME       only one of ${operators.join(", ")}
npm run mutate:sql -- --tests TEXT          only test files whose path contains TEXT may stop a mutant
npm run mutate:sql -- --at-once N           test processes side by side (2)
npm run mutate:sql -- --fresh               forget the verdicts of earlier runs`;

const least = 0.95;

const { values } = parseArgs({
  options: {
    ...{ seed: { type: "string" }, each: { type: "string" }, "at-once": { type: "string" }, query: { type: "string" } },
    ...{
      operator: { type: "string" },
      tests: { type: "string" },
      fresh: { type: "boolean" },
      help: { type: "boolean" },
    },
  },
});
if (values.help) console.log(usage);
else process.exitCode = await main();

async function main(): Promise<number> {
  const wanted: Wanted = {
    ...{ seed: whole(values.seed, 1), each: whole(values.each, 1) },
    ...{ query: values.query, operator: values.operator, tests: values.tests },
  };
  const root = join(import.meta.dir, "..", "..");
  const folder = join(root, ".cache", "mutate-sql");
  mkdirSync(folder, { recursive: true });
  const run = new MutationRun(readConfig(root), folder, wanted);
  if (values.fresh) run.forget();
  const judged = await run.judge(whole(values["at-once"], 2));
  const report = reportOf(judged, wanted);
  console.log(report.text);
  writeFileSync(join(folder, "results.md"), report.text);
  return report.share >= least ? 0 : 1;
}

function whole(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new TypeError(`a whole number, not ${text}`);
  return Number(text);
}
