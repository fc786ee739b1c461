import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../load/random.ts";
import { type Command, command } from "../../model/comparison/commands.ts";
import { runCommands, type Target } from "../../model/comparison/run.ts";
import { shrunk } from "../../model/comparison/shrink.ts";
import { openStore } from "../../model/comparison/stored-rows.ts";
import type { Engine, Row, RowContext } from "../../row.ts";
import { startSystem } from "../../system/system.ts";

/** Commands of one run; the next run begins with empty tables. A failing run is short enough to be shrunk. */
const runLength = 1000;

export const row: Row = {
  id: "I10",
  title: "random commands against a plain model in memory: SQLite = MariaDB = model, answers and rows",
  // Every command runs on both engines and the model, so there is nothing to run on one alone.
  engines: ["mariadb"],
  trials: { pr: 1000, night: 100_000, release: 1_000_000 },
  run,
};

async function run({ trials, seed, folder, say }: RowContext) {
  const opened = await Promise.all(["sqlite" as const, "mariadb" as const].map((engine) => open(engine, folder, seed)));
  const targets = opened.map(({ target }) => target);
  const statuses = new Map<number, number>();
  const broken: string[] = [];
  let done = 0;
  try {
    for (let number = 0; done < trials && broken.length === 0; number += 1) {
      const commands = commandsOf(seed + number, Math.min(runLength, trials - done));
      const outcome = await runCommands(commands, targets);
      for (const [status, count] of outcome.statuses) statuses.set(status, (statuses.get(status) ?? 0) + count);
      done += commands.length;
      if (outcome.difference !== null) broken.push(await explained(seed + number, commands, targets));
      if (done % 10_000 === 0) say(`${done.toLocaleString("en")} commands, ${broken.length} differences`);
    }
  } finally {
    for (const { close } of opened) await close();
  }
  const answered = [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${count.toLocaleString("en")} x ${status}`);
  const figures = {
    commands: done.toLocaleString("en"),
    differences: `${broken.length}`,
    answers: answered.join(", "),
  };
  return { trials: done, broken, figures };
}

/** The commands of one run, the same for the same seed. A shorter run is the beginning of a longer one. */
export function commandsOf(seed: number, count: number): readonly Command[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, number) => command(random, number));
}

/** Starts the API on one engine and opens its database directly. */
export async function open(engine: Engine, folder: string, seed: number) {
  const own = join(folder, engine);
  mkdirSync(own, { recursive: true });
  const system = await startSystem({ engine, folder: own, seed, settings: ["--log-level", "warn", "--allow-import"] });
  const store = await openStore(system.store);
  const target: Target = { name: engine, url: system.url, store };
  const close = async () => {
    await store.close();
    await system.stop();
  };
  return { target, close };
}

/** The difference, and the fewest commands found that show it. */
async function explained(seed: number, commands: readonly Command[], targets: readonly Target[]): Promise<string> {
  const { difference } = await runCommands(commands, targets);
  const start = commands.slice(0, (difference?.at ?? commands.length) + 1);
  const small = await shrunk(start, async (fewer) => (await runCommands(fewer, targets)).difference !== null);
  const { difference: left } = await runCommands(small, targets);
  const words = left ?? difference ?? { words: "only once: a repetition of the run showed no difference" };
  const shown = `${small.length} of ${commands.length} commands show it: ${JSON.stringify(small)}`;
  return `--seed ${seed}: ${words.words}. ${shown}`;
}
