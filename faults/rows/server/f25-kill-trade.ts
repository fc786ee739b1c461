import { formatCount } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { withSystem } from "../../system/system.ts";
import { runAtOnce } from "../../trade/at-once.ts";

/** After each kill, the rows are compared with a model that has carried out what was acknowledged. */
export const row: Row = {
  id: "F25",
  title: "kill -9 of the API in the middle of random commands of the trade, compared with a model after each",
  engines: ["sqlite", "mariadb", "cluster"],
  trials: { pr: 20, night: 300, release: 1000 },
  run({ engine, trials, seed, folder, say, plant }) {
    return withSystem({ engine, folder, seed, settings: ["--log-level", "warn"] }, async (system) => {
      const planted = plant === undefined ? {} : { plant: () => plant(system.store) };
      const outcome = await runAtOnce(system, { seed, rounds: trials, kills: true, say, ...planted });
      const figures = {
        "acknowledged writes": formatCount(outcome.acknowledged),
        "attempts without an answer": formatCount(outcome.cut),
        refused: formatCount(outcome.refused),
        "answers conflict-retry": formatCount(outcome.conflicts),
      };
      return { trials: outcome.kills, broken: outcome.broken, figures };
    });
  },
};
