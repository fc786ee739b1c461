// `--check-upgrade`: carries out the steps of this version on a copy of the database, and says how long they take and
// what they change. The database itself is only read. `words.ts` says it; sqlproof's trial does it.
import { existsSync, statfsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { DatabasePlace } from "sqlproof/copy";
import { createdTables } from "sqlproof/migrations";
import { openTrial, pendingOn, runTrial, type Trial, TrialError } from "sqlproof/trial";
import { describeDatabase } from "../start/database-url.ts";
import { reportSource } from "../start/open-database.ts";
import { homeFolder, schemaFolder } from "../start/paths.ts";
import type { Config } from "../start/settings.ts";
import { lostRows, meanwhile, megabytes, rowLines, seconds } from "./words.ts";

type Say = (topic: string, text: string) => void;

/** Prints what an upgrade would do, and gives the exit code: 0 if it succeeds. Throws what a start would throw. */
export async function checkUpgrade(config: Config, say: Say): Promise<0 | 1> {
  const place = reportSource(config);
  if (place.engine === "sqlite" && !existsSync(place.path))
    throw new TrialError(`There is no ${place.path}: correct --database, or start the program, which creates it.`);
  const folder = schemaFolder(place.engine);
  const { from, steps, isEmpty } = await pendingOn(place, folder);
  say("Database", `${describeDatabase(config.database)}, at step ${from} of the schema`);
  if (steps.length === 0) return ended(say, "There is nothing to do: the next start changes nothing.");
  if (isEmpty) return ended(say, "The database is empty: a start fills it, and there is nothing to upgrade.");
  refuseFullDisk(place, config);
  const copy = copyOf(place, config);
  const begin = performance.now();
  say("Copy", `${copy}, which is removed at the end`);
  const trial = await openTrial(place, copy, new Set(createdTables(folder)));
  const stopListening = removeOnSignal(trial, say);
  try {
    say("Copied", `${megabytes(await trial.bytes())} in ${seconds(performance.now() - begin)}`);
    return await tryOut(trial, folder, say);
  } finally {
    await trial.remove();
    stopListening();
  }
}

function ended(say: Say, words: string): 0 {
  say("Result", words);
  return 0;
}

/** Carries out the steps and what the first start does after them, and says how it went. */
async function tryOut(trial: Trial, folder: string, say: Say): Promise<0 | 1> {
  const outcome = await runTrial(trial, folder, ({ name, ms }) => say("Step", `${name.padEnd(32)}${seconds(ms)}`));
  const begin = performance.now();
  const texts = await foldTexts(trial.place);
  const foldMs = performance.now() - begin;
  if (texts > 0) say("Search", `${texts} texts folded in ${seconds(foldMs)}`);
  for (const line of rowLines(outcome)) say("Rows", line);
  const { before, most } = outcome.bytes;
  say(
    "Disk",
    `${megabytes(before)} before, ${megabytes(most)} after; have ${megabytes(before + most)} free for the steps`,
  );
  const names = outcome.steps.map(({ name }) => name);
  for (const line of meanwhile(trial.place.engine, names)) say("Meanwhile", line);
  const problems = [...lostRows(outcome), ...(await trial.problems())];
  for (const problem of problems) say("Problem", problem);
  if (problems.length > 0) {
    say("Result", "The steps run, but what they leave is not right: do not upgrade this database. It was not changed.");
    return 1;
  }
  const total = outcome.steps.reduce((sum, { ms }) => sum + ms, foldMs);
  const count = names.length === 1 ? "1 step" : `${names.length} steps`;
  say("Result", `${count} in ${seconds(total)} on this machine; every reference and every row is there.`);
  say("", "The database was not changed.");
  return 0;
}

/** As the first start after the steps does. */
async function foldTexts(place: DatabasePlace): Promise<number> {
  const { foldUnfolded } = await import("northwind-schema/unfolded");
  const database =
    place.engine === "sqlite"
      ? (await import("sqlproof")).openSqlite({ path: place.path })
      : await (await import("sqlproof/mariadb")).openMariadb(place.server);
  try {
    return await foldUnfolded(database);
  } finally {
    await database.close();
  }
}

/** The file or the database in which the steps are tried. */
function copyOf(place: DatabasePlace, config: Config): string {
  if (place.engine === "sqlite") return join(folderOf(place.path, config), `${basename(place.path)}.check-upgrade`);
  return `${place.server.database.slice(0, 50)}_check_upgrade`;
}

function folderOf(path: string, { checkFolder }: Config): string {
  return checkFolder === null ? dirname(path) : resolve(homeFolder, checkFolder);
}

/** The copy, and as much again for what the steps write. The disk of a server cannot be seen from here. */
function refuseFullDisk(place: DatabasePlace, config: Config): void {
  if (place.engine !== "sqlite") return;
  const folder = folderOf(place.path, config);
  if (!existsSync(folder)) throw new TrialError(`There is no folder ${folder}: correct --check-folder.`);
  const { bavail, bsize } = statfsSync(folder);
  const needed = 2 * statSync(place.path).size;
  if (bavail * bsize < needed)
    throw new TrialError(
      `The copy and the steps need ${megabytes(needed)}, but ${folder} has only ${megabytes(bavail * bsize)} free: ` +
        "free some space, or choose another folder with --check-folder.",
    );
}

/** Ctrl-C removes the copy as well. Gives the function that ends this. */
function removeOnSignal(trial: Trial, say: Say): () => void {
  const onSignal = async () => {
    await trial.remove();
    say("Stopped", "The copy is removed, and the database was not changed.");
    process.exit(1);
  };
  const listener = () => void onSignal();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}
