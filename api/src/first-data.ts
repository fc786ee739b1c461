// What a database gets before the first request: the sample company if it is new, and texts that searches find.
import type { Database } from "sqlproof";
import { businessDay } from "./company/business-time.ts";
import type { OpenedDatabase } from "./start/open-database.ts";
import type { Config } from "./start/settings.ts";

const progressEveryMs = 2000;

/** Says a line about a topic to whoever starts the program. */
type Say = (topic: string, text: string) => void;

/** Completes a database that has been opened. */
export async function completeData(
  config: Config,
  { database, migration }: Pick<OpenedDatabase, "database" | "migration">,
  say: Say,
): Promise<void> {
  await foldText(database, say);
  if (migration.adopted) reportUnusedDate(config, "existing data was adopted", say);
  else await provideSample(config, database, say);
}

/** Folds the rows that another program has written since the last start, so that searches find them. */
async function foldText(database: Database, say: Say): Promise<void> {
  const { foldUnfolded } = await import("northwind-schema/unfolded");
  const begin = performance.now();
  let saidAt = begin;
  const rows = await foldUnfolded(database, (done) => {
    if (performance.now() - saidAt < progressEveryMs) return;
    saidAt = performance.now();
    say("Search", `${done} texts folded ...`);
  });
  if (rows > 0) say("Search", `${rows} texts folded in ${Math.round(performance.now() - begin)} ms`);
}

/** Loads the sample company into a new database, or records that it must stay empty. */
async function provideSample(config: Config, database: Database, say: Say): Promise<void> {
  const { noSample, sampleDate } = config;
  const { isSampleDecided } = await import("northwind-schema/sample/setup-step");
  if (await isSampleDecided(database)) return reportUnusedDate(config, "this database already exists", say);
  const { declineSample, loadSample, sampleTimeZone } = await import("northwind-schema/sample");
  const begin = performance.now();
  const day = sampleDate ?? businessDay(sampleTimeZone);
  if (noSample) await declineSample(database, day);
  else if (await loadSample(database, day)) {
    say(
      "Sample",
      `a company with two years of orders before ${day}, loaded in ${Math.round(performance.now() - begin)} ms`,
    );
  }
}

function reportUnusedDate({ sampleDate }: Config, reason: string, say: Say): void {
  if (sampleDate !== null) say("Sample", `--sample-date has no effect: ${reason}`);
}
