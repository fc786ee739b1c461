import { allCases } from "../../json-text/cases.ts";
import { checkCases, checkMutations, checkNumbers } from "../../json-text/check.ts";
import { checkStalls } from "../../json-text/stalls.ts";
import { Random } from "../../load/random.ts";
import type { Row, RowContext } from "../../row.ts";
import { withSystem } from "../../system/system.ts";

const clients = 8;

export const row: Row = {
  id: "I3",
  title: "raw JSON: texts that are or are not JSON, and mutations of them; the exact status, and no stall",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 20_000, night: 1_000_000, release: 10_000_000 },
  run,
};

function run({ engine, trials, seed, folder }: RowContext) {
  const options = { engine, folder, seed, settings: ["--log-level", "warn"] };
  return withSystem(options, ({ url }) => checkJson(url, trials, seed));
}

/** The table of cases, then random mutations of them. */
export async function checkJson(url: string, trials: number, seed: number) {
  const stalls = await checkStalls(url);
  const fixed = [...(await checkCases(url)), ...(await checkNumbers(url)), ...stalls.broken];
  const share = Math.ceil(trials / clients);
  const mutations = await Promise.all(
    Array.from({ length: clients }, (_, number) => checkMutations(url, share, new Random(seed).branch(number))),
  );
  const broken = [...fixed, ...mutations.flat().map((fault) => `--seed ${seed}: ${fault}`)];
  const figures = {
    cases: `${allCases().length}`,
    mutations: (share * clients).toLocaleString("en"),
    "not as they must be": `${broken.length}`,
    "slowest body of 240 KB": `${stalls.slowestMs.toFixed(1)} ms`,
  };
  return { trials: allCases().length + share * clients, broken, figures };
}
