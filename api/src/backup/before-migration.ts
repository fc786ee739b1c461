import { dirname, join } from "node:path";
import { describeDatabase } from "../start/database-url.ts";
import { reportSource } from "../start/open-database.ts";
import { homeFolder } from "../start/paths.ts";
import type { Config } from "../start/settings.ts";
import { version } from "../start/version.ts";
import { BackupError } from "./error.ts";

/**
 * Takes a backup before steps change the schema, with the schema as it is: to the place of all backups, or beside the
 * database. Says where it is. Throws if it cannot be taken: then nothing is changed.
 */
export async function backUpBeforeSteps(
  config: Config,
  steps: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  if (config.noMigrationBackup) return;
  // Hardly any start changes the schema.
  const [{ placeAt }, { writeBackup }, { sizeText }] = await Promise.all([
    ...([import("./places/open.ts"), import("./write-backup.ts"), import("./commands/output.ts")] as const),
  ]);
  const place = await placeAt(config.backupTo ?? besideDatabase(config), homeFolder);
  const { name, size } = await writeBackup(reportSource(config), place, { program: version });
  say(`${name}, ${sizeText(size)}, to ${place.description}, before ${steps.length} steps of the schema`);
}

function besideDatabase({ database }: Config): string {
  return join(database.engine === "sqlite" ? dirname(database.path) : "data", "backups");
}

/**
 * Refuses to make a new database where there are backups of one: it was lost, or its address is wrong. Otherwise the
 * program would serve an empty one, and its backups would soon take the place of the good ones.
 */
export async function refuseNewBesideBackups({ backupTo, database }: Config): Promise<void> {
  if (backupTo === null) return;
  const [{ placeAt }, { backupsIn }] = await Promise.all([import("./places/open.ts"), import("./places/names.ts")]);
  const place = await placeAt(backupTo, homeFolder);
  const newest = backupsIn((await place.list()).map(({ name }) => name)).at(-1);
  if (newest === undefined) return;
  throw new BackupError(
    `There is no database at ${describeDatabase(database)}, but ${place.description} has backups, the newest ${newest}. ` +
      "Restore one, or choose another place for the backups of a new database with --backup-to.",
  );
}
