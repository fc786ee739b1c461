import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { describeDatabase } from "../../start/database-url.ts";
import { openDatabase, reportSource } from "../../start/open-database.ts";
import { commandLine, homeFolder, schemaFolder, stepFolders } from "../../start/paths.ts";
import type { Config } from "../../start/settings.ts";
import { verify } from "../../verify/verify.ts";
import { BackupError } from "../error.ts";
import { backupsIn, takenAtOf } from "../places/names.ts";
import { placeAt } from "../places/open.ts";
import type { BackupPlace } from "../places/place.ts";
import { lastStep, restore } from "../restore.ts";
import { failed, Rows } from "./output.ts";
import { readCommandWords, refused } from "./words.ts";

const help = `Restores a backup into a database that does not exist yet, and verifies it

Usage: ${commandLine("restore")} --from BACKUP --database URL

  --from BACKUP        The file, or s3://BUCKET/FOLDER/NAME. A folder, or s3://BUCKET/FOLDER: the newest one there.
  --database URL       Where to: sqlite:FILE of a file that is not there, or mysql://USER:PASSWORD@HOST:PORT/NAME of a
                       database that is missing or has no tables (DATABASE_URL). A backup of either engine can be
                       restored to either engine.
  --help               Print this.

Nothing is ever overwritten. If the command fails or is killed, no program can use what is there.
`;

/** `northwind restore`. Resolves with the exit code. */
export async function run(words: readonly string[]): Promise<number> {
  const read = readCommandWords(words, [{ name: "from", type: "string" }]);
  if (read.kind === "help") {
    console.log(help);
    return 0;
  }
  const errors = read.kind === "errors" ? [...read.errors] : [];
  const from = read.kind === "run" ? read.given.text("from") : null;
  if (read.kind === "run" && from === null) errors.push("--from is missing: name a backup, or the folder of it.");
  // The default of the server is its own database, which is never meant here.
  if (read.kind === "run" && read.given.text("database") === null && !process.env.DATABASE_URL)
    errors.push("--database is missing: name the new database.");
  if (errors.length > 0 || read.kind !== "run" || from === null) {
    return refused("restore", errors);
  }
  return restoreFrom(from, read.config);
}

async function restoreFrom(from: string, config: Config): Promise<number> {
  try {
    const { place, name } = await found(from);
    const to = reportSource(config);
    const rows = new Rows();
    const begin = performance.now();
    const restored = await restore(() => place.read(name), to, {
      folder: schemaFolder(to.engine),
      onRows: (count) => rows.at(count),
    });
    const seconds = Math.round((performance.now() - begin) / 100) / 10;
    console.log(`Restored  ${name} to ${describeDatabase(config.database)}`);
    console.log(`Contains  ${restored.end.rows} rows as of ${restored.header.taken_at}, compared, in ${seconds} s`);
    // An older one becomes one of this program, so that it can be verified and started.
    const { database, migration } = await openDatabase(config, console.error);
    await database.close();
    if (migration.applied.length > 0)
      console.log(`Schema    from step ${lastStep(restored.header)} to step ${migration.to}`);
    const { checked, problems } = await verify(to, stepFolders);
    for (const line of checked) console.log(`Verified  ${line}`);
    for (const problem of problems) console.error(`Problem   ${problem}`);
    if (problems.length === 0) console.log("Result    nothing is wrong: the program can be started on it");
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    return failed(error, config);
  }
}

/** The backup that `--from` names: itself, or the newest one of its folder. */
export async function found(from: string): Promise<{ readonly place: BackupPlace; readonly name: string }> {
  const name = basename(from);
  // A file may have any name.
  const isFile = !from.includes("://") && statSync(resolve(homeFolder, from), { throwIfNoEntry: false })?.isFile();
  if (takenAtOf(name) !== null || isFile === true) return { place: await placeAt(dirname(from), homeFolder), name };
  const place = await placeAt(from, homeFolder);
  const newest = backupsIn((await place.list()).map((backup) => backup.name)).at(-1);
  if (newest !== undefined) return { place, name: newest };
  throw new BackupError(
    `There is no backup in ${place.description}. Backups are named like northwind-2026-01-05T09-30-00Z.backup.`,
  );
}
