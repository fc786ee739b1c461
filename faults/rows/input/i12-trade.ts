import { formatCount } from "../../report/figures.ts";
import type { Row, RowContext } from "../../row.ts";
import { withSystem } from "../../system/system.ts";
import { runTrade } from "../../trade/run.ts";

/**
 * Each engine is compared with the model; a seed gives the same commands on each, so equal digests mean equal rows.
 */
export const row: Row = {
  id: "I12",
  title: "random commands of the trade against a plain model: quantities, statuses, balances, and an empty proof",
  engines: ["sqlite", "mariadb", "cluster"],
  trials: { pr: 1000, night: 100_000, release: 1_000_000 },
  run,
};

async function run({ engine, trials, seed, folder, say }: RowContext) {
  const options = { engine, folder, seed, settings: ["--log-level", "warn"] };
  return withSystem(options, async (system) => {
    const outcome = await runTrade(system, { seed, commands: trials, say });
    const { difference, commands, digest } = outcome;
    const answers = [...outcome.statuses].sort(([a], [b]) => a - b);
    const figures = {
      commands: formatCount(commands),
      differences: difference === null ? "0" : "1",
      answers: answers.map(([status, count]) => `${formatCount(count)} x ${status}`).join(", "),
      "digest of the rows": digest,
    };
    return { trials: commands, broken: difference === null ? [] : [difference], figures };
  });
}
