import { setPriority } from "node:os";
import { describeDatabase } from "../../start/database-url.ts";
import { reportSource } from "../../start/open-database.ts";
import { commandLine, homeFolder } from "../../start/paths.ts";
import type { Config } from "../../start/settings.ts";
import { version } from "../../start/version.ts";
import { placeAt } from "../places/open.ts";
import type { BackupPlace } from "../places/place.ts";
import { expired, parseRetention, type Retention, retentionExample } from "../places/retention.ts";
import { writeBackup } from "../write-backup.ts";
import { failed, Rows, sizeText } from "./output.ts";
import { readCommandWords, refused } from "./words.ts";

const help = `Takes a backup of the whole database, while the program serves or while it is down

Usage: ${commandLine("backup")} --to PLACE [options]

  --to PLACE           A folder, or s3://BUCKET/FOLDER of an S3-compatible store (BACKUP_TO). The store comes from the
                       environment: S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY.
  --database URL       sqlite:FILE, or mysql://USER:PASSWORD@HOST:PORT/NAME (DATABASE_URL).
                       Default: sqlite:data/northwind.db.
  --keep LIST          Afterwards delete the backups there that no rule keeps, like hourly=24,daily=14,monthly=12: the
                       last one of each of the last 24 hours, 14 days and 12 months that have any; also last, weekly.
                       The newest always stays. Without it all are kept (BACKUP_KEEP).
  --help               Print this.

What was acknowledged before is in the backup, and nothing from later. The file appears when it is complete.
${commandLine("verify")} --backup FILE proves that it can be restored.
`;

const options = [
  { name: "to", type: "string" },
  { name: "keep", type: "string" },
] as const;

/** A backup must not slow down those who work: it gets the processor when nobody else wants it. */
const lowPriority = 10;

/** A service that may not change priorities takes backups all the same. */
function yieldProcessor(): void {
  try {
    setPriority(lowPriority);
  } catch {
    // Refused by the system call filter of the unit.
  }
}

/** `northwind backup`. Resolves with the exit code. */
export async function run(words: readonly string[]): Promise<number> {
  const read = readCommandWords(words, options);
  if (read.kind === "help") return said(help);
  const errors = read.kind === "errors" ? [...read.errors] : [];
  const given = read.kind === "run" ? read.given : null;
  const to = given?.text("to") ?? (process.env.BACKUP_TO || null);
  if (given !== null && to === null) errors.push("--to is missing: name a folder, or s3://BUCKET/FOLDER.");
  const keep = given?.text("keep") ?? (process.env.BACKUP_KEEP || null);
  const retention = keep === null ? null : parseRetention(keep);
  if (keep !== null && retention === null) errors.push(`--keep must be a list like ${retentionExample}.`);
  if (errors.length > 0 || read.kind !== "run" || to === null) return refused("backup", errors);
  return backUp(read.config, to, retention);
}

async function backUp(config: Config, to: string, retention: Retention | null): Promise<number> {
  try {
    yieldProcessor();
    const place = await placeAt(to, homeFolder);
    const rows = new Rows();
    const begin = performance.now();
    const { name, size, header, end, leftOut } = await writeBackup(reportSource(config), place, {
      program: version,
      onRows: (count) => rows.at(count),
    });
    const seconds = Math.round((performance.now() - begin) / 100) / 10;
    console.log(`Backup    ${name}, ${sizeText(size)}, to ${place.description}`);
    console.log(`Of        ${describeDatabase(config.database)} at ${header.taken_at}`);
    for (const one of leftOut) console.error(`Left out  ${one}: no step of this program has made it`);
    console.log(`Contains  ${end.rows} rows of ${header.tables.length} tables, taken in ${seconds} s`);
    if (retention !== null) await removeExpired(place, retention);
    return 0;
  } catch (error) {
    return failed(error, config);
  }
}

async function removeExpired(place: BackupPlace, retention: Retention): Promise<void> {
  const names = (await place.list()).map(({ name }) => name);
  const old = expired(names, retention);
  for (const name of old) await place.remove(name);
  console.log(`Kept      ${names.length - old.length}${old.length === 0 ? "" : `; deleted ${old.join(", ")}`}`);
}

function said(text: string): number {
  console.log(text);
  return 0;
}
