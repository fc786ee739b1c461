import { fuzz } from "../../access/check.ts";
import { prepare } from "../../access/scene.ts";
import { formatCount } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { withSystem } from "../../system/system.ts";

export const row: Row = {
  id: "I11",
  title: "odd cookies and headers, to every route: no error of the server, and no entry",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 100_000, night: 1_000_000, release: 10_000_000 },
  run({ engine, trials, seed, folder }) {
    const options = { engine, folder, seed, settings: ["--log-level", "warn"] };
    return withSystem(options, async ({ url }) => {
      const { broken, statuses, cut } = await fuzz({ url, secrets: await prepare(url), requests: trials, seed });
      const answers = [...statuses]
        .toSorted(([one], [other]) => one - other)
        .map(([status, count]) => `${formatCount(count)} x ${status}`);
      const figures = {
        answers: answers.join(", "),
        "closed without an answer, because it was no HTTP": formatCount(cut),
        "errors and entries": formatCount(broken.length),
      };
      return { trials, broken, figures };
    });
  },
};
