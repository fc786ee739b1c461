import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseError } from "sqlproof";
import { migrateSqlite } from "sqlproof/migrations/sqlite";
import { describeDatabase } from "../../start/database-url.ts";
import { reportSource } from "../../start/open-database.ts";
import { commandLine, schemaFolder, stepFolders } from "../../start/paths.ts";
import { counted, type Verification, verify } from "../../verify/verify.ts";
import { BackupError } from "../error.ts";
import { lastStep, restore } from "../restore.ts";
import { failed, Rows } from "./output.ts";
import { found } from "./restore.ts";
import { readCommandWords, refused } from "./words.ts";

const help = `Proves that a database, or a backup, is whole

Usage: ${commandLine("verify")} [options]

  --backup BACKUP      Verify a backup: a file or s3://BUCKET/FOLDER/NAME, or the newest one of a folder. It is restored
                       to a temporary SQLite file (TMPDIR), whichever engine it is of, and that is verified.
  --database URL       Verify a database, with the program up or down: sqlite:FILE, or
                       mysql://USER:PASSWORD@HOST:PORT/NAME (DATABASE_URL). Default: sqlite:data/northwind.db.
  --help               Print this.

Verified are the engine's own checks, every reference, that no trigger is missing, the chain of hashes of every history
in the audit log, and the amounts of every order that has one, computed again. The exit code is 0 if all is well, and 1 if not.
`;

/** `northwind verify`. Resolves with the exit code. */
export async function run(words: readonly string[]): Promise<number> {
  const read = readCommandWords(words, [{ name: "backup", type: "string" }]);
  if (read.kind === "help") {
    console.log(help);
    return 0;
  }
  if (read.kind === "errors") {
    return refused("verify", read.errors);
  }
  const { config, given } = read;
  const backup = given.text("backup");
  if (backup !== null && given.text("database") !== null)
    return refused("verify", ["--backup and --database are two things to verify: name one of them."]);
  try {
    if (backup !== null) return said(await verifiedBackup(backup));
    console.log(`Database  ${describeDatabase(config.database)}`);
    const place = reportSource(config);
    return said(await verify(place, stepFolders));
  } catch (error) {
    return failed(error, config);
  }
}

/** What the names of the temporary folders begin with. */
const prefix = "northwind-verify-";
/** No verification takes so long: a folder this old was left by one that was killed, with a copy of all data. */
const abandonedMs = 24 * 3_600_000;

function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const path = join(tmpdir(), name);
    const found = statSync(path, { throwIfNoEntry: false });
    // Those of other users are theirs to remove.
    if (found === undefined || found.uid !== process.getuid?.()) continue;
    if (Date.now() - found.mtimeMs > abandonedMs) rmSync(path, { recursive: true, force: true });
  }
}

/** Restores a backup to a file that is deleted afterwards. */
async function verifiedBackup(backup: string): Promise<Verification> {
  const { place, name } = await found(backup);
  removeAbandoned();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  try {
    const path = join(folder, "restored.db");
    const rows = new Rows();
    const steps = schemaFolder("sqlite");
    const to = { engine: "sqlite", path } as const;
    const { header, end } = await restore(() => place.read(name), to, {
      folder: steps,
      onRows: (done) => rows.at(done),
    });
    console.log(`Backup    ${name} in ${place.description}`);
    console.log(
      `Of        ${header.engine === "sqlite" ? "SQLite" : "MariaDB"} at ${header.taken_at}, by version ` +
        `${header.program} at step ${lastStep(header)} of the schema`,
    );
    await migrateSqlite({ database: path, folder: steps });
    const { checked, problems, lastEntry } = await verify(to, stepFolders);
    const isCut = lastEntry?.entry !== end.audit?.entry || lastEntry?.hash !== end.audit?.hash;
    return {
      lastEntry,
      checked: [`Checksums: ${end.rows} rows of ${header.tables.length} tables, restored and compared.`, ...checked],
      problems: isCut ? [...problems, "The end of the audit log is not the one that the backup names."] : problems,
    };
  } catch (error) {
    throw isFull(error)
      ? new BackupError(`The disk of ${folder} is full, and the restored database needs room there: set TMPDIR.`)
      : error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === "storage-full";
}

function said({ checked, problems }: Verification): number {
  for (const line of checked) console.log(`Verified  ${line}`);
  for (const problem of problems) console.error(`Problem   ${problem}`);
  console.log(
    problems.length === 0
      ? "Result    nothing is wrong"
      : `Result    ${counted(problems.length, "problem", "problems")}`,
  );
  return problems.length === 0 ? 0 : 1;
}
