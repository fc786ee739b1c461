// The settings of backups that the server takes by itself.

import { type Setting, setting } from "../start/setting.ts";
import { SettingError, yesOrNo } from "../start/setting-values.ts";
import { parseRetention, retentionExample } from "./places/retention.ts";

const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export const backupSettings = {
  backupTo: setting({
    option: "backup-to",
    variable: "BACKUP_TO",
    placeholder: "PLACE",
    fallback: "none",
    meaning: "Where backups go: a folder, or s3://BUCKET/FOLDER.",
    parse: (value) => (value === "none" ? null : value),
  }),
  backupEvery: setting({
    option: "backup-every",
    variable: "BACKUP_EVERY",
    placeholder: "TIME",
    fallback: "never",
    meaning: "Take a backup this often while the server runs, like 15m, 1h or 1d.",
    parse: every,
  }),
  backupKeep: setting({
    option: "backup-keep",
    variable: "BACKUP_KEEP",
    placeholder: "LIST",
    fallback: "all",
    meaning: `Which of these backups are kept, like ${retentionExample}.`,
    parse: keep,
  }),
  noMigrationBackup: setting({
    option: "no-migration-backup",
    variable: "NO_MIGRATION_BACKUP",
    placeholder: null,
    fallback: "no",
    meaning: "Do not take a backup before a newer version changes the schema.",
    parse: yesOrNo,
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** The values of these settings. */
export interface BackupConfig {
  /** Null if no place is named. */
  readonly backupTo: string | null;
  /** Null if the server takes none. */
  readonly backupEveryMs: number | null;
  /** As it was given, or null to keep all. */
  readonly backupKeep: string | null;
  readonly noMigrationBackup: boolean;
}

/** Reads the settings with `read`, which reports what is wrong with one. */
export function backupConfig(read: <T>(setting: Setting<T>) => T): BackupConfig {
  return {
    backupTo: read(backupSettings.backupTo),
    backupEveryMs: read(backupSettings.backupEvery),
    backupKeep: read(backupSettings.backupKeep),
    noMigrationBackup: read(backupSettings.noMigrationBackup),
  };
}

/** What is wrong with these settings together. */
export function backupConflicts({ backupTo, backupEveryMs }: BackupConfig): readonly string[] {
  if (backupEveryMs === null || backupTo !== null) return [];
  return ["--backup-every needs --backup-to, the folder or the bucket that the backups go to."];
}

function every(value: string): number | null | SettingError {
  if (value === "never") return null;
  const [, number, unit] = /^([1-9]\d{0,3})([mhd])$/.exec(value) ?? [];
  const ms = Number(number) * (unitsMs[unit ?? ""] ?? Number.NaN);
  return Number.isNaN(ms) ? new SettingError(`"${value}" is no time like 15m, 1h or 1d.`) : ms;
}

function keep(value: string): string | null | SettingError {
  if (value === "all") return null;
  return parseRetention(value) === null ? new SettingError(`"${value}" is no list like ${retentionExample}.`) : value;
}
