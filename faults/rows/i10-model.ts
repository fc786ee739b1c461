import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../load/random.ts";
import { type Command, command } from "../model/comparison/commands.ts";
import { runCommands, type Subject } from "../model/comparison/run.ts";
import { shrunk } from "../model/comparison/shrink.ts";
import { openStore } from "../model/comparison/stored-rows.ts";
import type { Engine, Row, RowContext } from "../row.ts";
import { startSystem } from "../system/system.ts";

/** Commands of one run; the next one begins with an empty company. A failing one is small enough to be made smaller. */
const runLength = 1000;

export const row: Row = {
  id: "I10",
  title: "random commands against a plain model in memory: SQLite = MariaDB = model, answers and rows",
  // Both engines and the model take every command together, so there is nothing to run for one alone.
  engines: ["mariadb"],
  trials: { pr: 1000, night: 100_000, release: 1_000_000 },
  run,
};

async function run({ trials, seed, folder, say }: RowContext) {
  const opened = await Promise.all(["sqlite" as const, "mariadb" as const].map((engine) => open(engine, folder, seed)));
  const subjects = opened.map(({ subject }) => subject);
  const statuses = new Map<number, number>();
  const broken: string[] = [];
  let done = 0;
  try {
    for (let number = 0; done < trials && broken.length === 0; number += 1) {
      const commands = commandsOf(seed + number, Math.min(runLength, trials - done));
      const outcome = await runCommands(commands, subjects);
      for (const [status, count] of outcome.statuses) statuses.set(status, (statuses.get(status) ?? 0) + count);
      done += commands.length;
      if (outcome.difference !== null) broken.push(await explained(seed + number, commands, subjects));
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

/** The commands of one run: the same for the same seed, and a shorter run is the beginning of a longer one. */
export function commandsOf(seed: number, count: number): readonly Command[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, number) => command(random, number));
}

/** Starts the API on one engine and opens its database past it. */
export async function open(engine: Engine, folder: string, seed: number) {
  const own = join(folder, engine);
  mkdirSync(own, { recursive: true });
  const system = await startSystem({ engine, folder: own, seed, settings: ["--log-level", "warn"] });
  const store = await openStore(system.store);
  const subject: Subject = { name: engine, url: system.url, store };
  const close = async () => {
    await store.close();
    await system.stop();
  };
  return { subject, close };
}

/** The difference with the fewest commands that show it. */
async function explained(seed: number, commands: readonly Command[], subjects: readonly Subject[]): Promise<string> {
  const { difference } = await runCommands(commands, subjects);
  const start = commands.slice(0, (difference?.at ?? commands.length) + 1);
  const small = await shrunk(start, async (fewer) => (await runCommands(fewer, subjects)).difference !== null);
  const { difference: left } = await runCommands(small, subjects);
  const words = left ?? difference ?? { words: "only once: the run was equal when it was repeated" };
  return `--seed ${seed}: ${words.words}. ${small.length} of ${commands.length} commands show it: ${JSON.stringify(small)}`;
}
