import { dirname, join } from "node:path";
import { reportSource } from "../start/open-database.ts";
import { homeFolder } from "../start/paths.ts";
import type { Config } from "../start/settings.ts";
import { version } from "../start/version.ts";

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
  const [{ placeAt }, { writeBackup }, { tablesOf }, { sizeText }] = await Promise.all([
    ...([import("./places/open.ts"), import("./write-backup.ts")] as const),
    ...([import("./commands/backup.ts"), import("./commands/output.ts")] as const),
  ]);
  const place = await placeAt(config.backupTo ?? besideDatabase(config), homeFolder);
  const { name, size } = await writeBackup(reportSource(config), place, { program: version, tables: tablesOf(config) });
  say(`${name}, ${sizeText(size)}, to ${place.description}, before ${steps.length} steps of the schema`);
}

function besideDatabase({ database }: Config): string {
  return join(database.engine === "sqlite" ? dirname(database.path) : "data", "backups");
}
