import { join } from "node:path";
import { Journal } from "../journal.ts";
import { startLoad } from "../load.ts";
import { Random } from "../random.ts";
import type { Result, Row, RowContext } from "../row.ts";
import { settle } from "../settle.ts";
import { startSystem } from "../system.ts";

export const row: Row = {
  id: "F1",
  title: "kill -9 of the API in the middle of writes",
  engines: ["sqlite", "mariadb", "cluster"],
  trials: { pr: 20, night: 300, release: 1000 },
  run,
};

async function run({ engine, trials, seed, folder }: RowContext): Promise<Result> {
  const random = new Random(seed);
  const system = await startSystem({ engine, folder, seed, sample: true });
  const journal = new Journal(join(folder, "journal.jsonl"));
  const load = startLoad({ url: system.url, journal, clients: 8, seed });
  await load.ready;
  for (let trial = 1; trial <= trials; trial += 1) {
    await Bun.sleep(random.whole(50, 900));
    await system.api.kill();
    await system.api.start();
  }
  await load.stop();
  await settle({ url: system.url, journal, seed });
  await system.stop();
  return { trials, broken: [], figures: {} };
}
