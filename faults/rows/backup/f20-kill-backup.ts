import { utimesSync } from "node:fs";
import { join } from "node:path";
import { Command, lastWords, must, run } from "../../backup/command.ts";
import { type BackupNames, backupNames } from "../../backup/folder.ts";
import { Random } from "../../load/random.ts";
import { formatCount, formatDuration, median } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { runUnderLoad } from "../../run-under-load.ts";
import { urlOf } from "../../system/another-process.ts";
import { failures } from "../../system/node-watch.ts";

/** A file that rests so long was left by a backup that ended. */
const agedMs = 11 * 60_000;

export const row: Row = {
  id: "F20",
  title: "kill -9 of a backup at any moment, while the API serves",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 12, night: 300, release: 1000 },
  run(context) {
    const random = new Random(context.seed);
    const to = join(context.folder, "backups");
    return runUnderLoad(context, { load: { clients: 2 } }, async ({ system, journal }) => {
      const words = ["backup", "--to", to, "--database", urlOf(system.store)];
      const times = [(await must(words)).tookMs];
      for (let trial = 1; trial <= context.trials; trial += 1) {
        const ended = await killOne(words, to, random, median(times));
        if (ended !== null) times.push(ended);
      }
      const { backups, partial } = backupNames(to);
      context.say(`${partial.length} kills left a file, ${backups.length - 1} came too late`);
      const incomplete = await incompleteOf(to, backups);
      const seen = { incomplete, hits: partial.length, ...(await nextOne(words, to)), failures: failures(journal) };
      const figures = {
        "killed while it wrote": formatCount(partial.length),
        "complete before": formatCount(backups.length - 1),
        "a backup takes": formatDuration(median(times)),
        "answers of 5xx": formatCount(seen.failures.length),
      };
      return { broken: verdict(seen), figures };
    });
  },
};

/** Kills a backup, half of them as soon as the file has been begun; the time it took if it was complete before. */
async function killOne(words: readonly string[], to: string, random: Random, usualMs: number): Promise<number | null> {
  const before = backupNames(to).partial.length;
  const command = new Command(words);
  const isBegun = () => backupNames(to).partial.length > before;
  const deadline = performance.now() + random.fraction() * usualMs * 1.1;
  if (random.fraction() < 0.5) while (!isBegun() && performance.now() < deadline + usualMs) await Bun.sleep(1);
  else while (performance.now() < deadline) await Bun.sleep(1);
  if (isBegun()) await Bun.sleep(random.fraction() * (usualMs / 4));
  command.kill();
  const { code, tookMs } = await command.ended;
  return code === 0 ? tookMs : null;
}

/** The files that look like a backup and cannot be restored. */
async function incompleteOf(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of names) {
    const ended = await run(["verify", "--backup", join(folder, name)]);
    if (ended.code !== 0) found.push(`${name} (${lastWords(ended)})`);
  }
  return found;
}

interface Next {
  readonly after: BackupNames;
  /** Why the next backup failed, or null. */
  readonly refused: string | null;
  /** Old leftovers that it did not remove. */
  readonly stayed: readonly string[];
  /** Leftovers that another process may still have been writing, and that it removed. */
  readonly taken: readonly string[];
}

/** Takes another backup, after the leftovers but one have rested for long. */
async function nextOne(words: readonly string[], to: string): Promise<Next> {
  const [fresh, ...old] = backupNames(to).partial;
  const past = new Date(Date.now() - agedMs);
  for (const name of old) utimesSync(join(to, name), past, past);
  if (fresh !== undefined) utimesSync(join(to, fresh), new Date(), new Date());
  const ended = await run(words);
  const after = backupNames(to);
  return {
    after,
    refused: ended.code === 0 ? null : lastWords(ended),
    stayed: after.partial.filter((name) => old.includes(name)),
    taken: fresh === undefined || after.partial.includes(fresh) ? [] : [fresh],
  };
}

interface Seen extends Next {
  readonly incomplete: readonly string[];
  /** Kills that hit a backup while it wrote. */
  readonly hits: number;
  readonly failures: readonly string[];
}

export function verdict({ incomplete, hits, after, refused, stayed, taken, failures }: Seen): readonly string[] {
  return [
    ...incomplete.map((name) => `This looks like a backup and is none: ${name}.`),
    ...after.others.map((name) => `A backup left ${name}.`),
    ...(hits === 0 ? ["No kill hit a backup that was being written: the run has shown nothing."] : []),
    ...(refused === null ? [] : [`The next backup failed: ${refused}`]),
    ...(stayed.length === 0 ? [] : [`The next backup left ${stayed.length} old files of killed ones.`]),
    ...taken.map((name) => `The next backup removed ${name}, which another process may have been writing.`),
    ...(failures.length === 0 ? [] : [`${failures.length} answers of the API failed: ${failures[0]}.`]),
  ];
}
