import { Random } from "../../load/random.ts";
import { runCommands } from "../../model/comparison/run.ts";
import { commandsFor } from "../../odd-text/commands.ts";
import { checkOutsideBody } from "../../odd-text/outside-body.ts";
import { texts } from "../../odd-text/texts.ts";
import type { Row, RowContext } from "../../row.ts";
import { open } from "./i10-model.ts";

/** Texts of one run; the next run begins with empty tables. */
const together = 40;

export const row: Row = {
  id: "I5",
  title: "odd text in every field, search, key, path, parameter and header: stored as sent or refused by name",
  engines: ["sqlite", "mariadb"],
  // First the collection, then mixtures of two of its texts.
  trials: { pr: 300, night: 5000, release: 50_000 },
  run,
};

async function run({ engine, trials, seed, folder }: RowContext) {
  const { target, close } = await open(engine, folder, seed);
  const all = texts(trials, new Random(seed));
  const broken: string[] = [];
  const statuses = new Map<number, number>();
  try {
    for (let start = 0; start < all.length; start += together) {
      const some = all.slice(start, start + together);
      const commands = some.flatMap((text, index) => commandsFor(text, index));
      const { difference, statuses: counted } = await runCommands(commands, [target]);
      for (const [status, count] of counted) statuses.set(status, (statuses.get(status) ?? 0) + count);
      if (difference !== null) broken.push(`--seed ${seed}: ${difference.words}`);
      broken.push(...(await checkOutsideBody(target.url, target.store, some)));
    }
  } finally {
    await close();
  }
  const answered = [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${count.toLocaleString("en")} x ${status}`);
  const figures = { texts: `${all.length}`, "not as they must be": `${broken.length}`, answers: answered.join(", ") };
  return { trials: all.length, broken, figures };
}
