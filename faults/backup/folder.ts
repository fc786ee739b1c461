import { existsSync, readdirSync } from "node:fs";

/** The names in a folder of backups. */
export interface BackupNames {
  /** What a program takes for a backup. */
  readonly backups: readonly string[];
  /** What a backup that broke off has left. */
  readonly partial: readonly string[];
  readonly others: readonly string[];
}

const backup = /^northwind-[0-9TZ-]+\.backup$/;

export function backupNames(folder: string): BackupNames {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const isPartial = (name: string) => name.endsWith(".partial");
  return {
    backups: names.filter((name) => backup.test(name)),
    partial: names.filter(isPartial),
    others: names.filter((name) => !backup.test(name) && !isPartial(name)),
  };
}
