import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import { type CopiedTable, type DatabasePlace, openSnapshot, pagesOf, type Snapshot } from "sqlproof/copy";
import { createdTables } from "sqlproof/migrations/mariadb";
import { schemaFolder } from "../start/paths.ts";
import { type End, format, type Header, type TableEnd } from "./format.ts";
import { type OwnTables, ownTables } from "./own-tables.ts";
import { backupName } from "./places/names.ts";
import { type BackupPlace, NameTakenError } from "./places/place.ts";
import { sealed } from "./seal.ts";

/** What was written. */
export interface WrittenBackup {
  readonly name: string;
  /** In bytes, compressed. */
  readonly size: number;
  readonly header: Header;
  readonly end: End;
  /** What no step of the program has made, such as `the table foo`: it is not in the backup. */
  readonly leftOut: readonly string[];
}

export interface BackupOptions {
  readonly program: string;
  /** Called after each page of rows with the number of all rows so far. */
  readonly onRows?: (rows: number) => void;
}

/** Fast, and about a seventh of the size. */
const compressionLevel = 3;
const mostOfOneSecond = 20;

/**
 * Takes a backup of a database while others write: it has everything that was committed before, and nothing from
 * later. It is stored when it is complete. Throws `BackupError` and `DatabaseError`.
 */
export async function writeBackup(
  from: DatabasePlace,
  to: BackupPlace,
  options: BackupOptions,
): Promise<WrittenBackup> {
  const takenAt = new Date();
  // Tables of others may have what cannot be copied.
  const snapshot = await openSnapshot(from, new Set(createdTables(schemaFolder("mariadb"))));
  try {
    const own = await ownTables(snapshot);
    for (let number = 1; ; number += 1) {
      const name = backupName(takenAt, number);
      const lines = new Lines(headerOf(snapshot, own, takenAt, options.program), options.onRows);
      try {
        const size = await compressed(lines.of(snapshot), (bytes) => to.write(name, bytes));
        return { name, size, header: lines.header, end: lines.end, leftOut: own.leftOut };
      } catch (error) {
        // Two of the same second, of two processes.
        if (!(error instanceof NameTakenError) || number === mostOfOneSecond) throw error;
      }
    }
  } finally {
    await snapshot.close();
  }
}

function headerOf(snapshot: Snapshot, { tables }: OwnTables, takenAt: Date, program: string): Header {
  return {
    ...{ format, program, engine: snapshot.engine, taken_at: takenAt.toISOString() },
    steps: snapshot.steps.filter(({ finished }) => finished).map(({ version, name }) => ({ version, name })),
    tables,
    numbers: Object.fromEntries(snapshot.numbers),
  };
}

async function compressed<T>(
  lines: AsyncIterable<string>,
  write: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const zstd = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: compressionLevel } });
  const results: T[] = [];
  await pipeline(Readable.from(lines), zstd, async (bytes) => {
    results.push(await write(sealed(bytes)));
  });
  const [result] = results;
  if (result === undefined) throw new Error("the pipeline ended without its last part");
  return result;
}

/** The lines of a backup, with their checksums. */
class Lines {
  readonly #all = new Bun.CryptoHasher("sha256");
  #rows = 0;
  #audit: End["audit"] = null;
  #end: End | null = null;

  constructor(
    readonly header: Header,
    private readonly onRows: BackupOptions["onRows"],
  ) {}

  get end(): End {
    if (this.#end === null) throw new Error("the backup has no end");
    return this.#end;
  }

  async *of(snapshot: Snapshot): AsyncGenerator<string> {
    yield this.#hashed(`${JSON.stringify(this.header)}\n`);
    for (const table of this.header.tables) yield* this.#table(snapshot, table);
    this.#end = { end: true, rows: this.#rows, audit: this.#audit, sha256: this.#all.digest("hex") };
    yield `${JSON.stringify(this.#end)}\n`;
  }

  async *#table(snapshot: Snapshot, table: CopiedTable): AsyncGenerator<string> {
    const hash = new Bun.CryptoHasher("sha256");
    let rows = 0;
    for await (const page of pagesOf(snapshot, table)) {
      const text = page.map((row) => `${JSON.stringify(row)}\n`).join("");
      hash.update(text);
      rows += page.length;
      this.#rows += page.length;
      if (table.name === "audit_log") this.#audit = auditEnd(table, page.at(-1) ?? []);
      yield this.#hashed(text);
      this.onRows?.(this.#rows);
    }
    const end: TableEnd = { table: table.name, rows, sha256: hash.digest("hex") };
    yield this.#hashed(`${JSON.stringify(end)}\n`);
  }

  #hashed(text: string): string {
    this.#all.update(text);
    return text;
  }
}

/** The log is read in the order of its numbers. */
function auditEnd({ columns }: CopiedTable, row: readonly unknown[]): End["audit"] {
  const cell = (wanted: string) => row[columns.findIndex(({ name }) => name === wanted)];
  return { entry: Number(cell("entry_id")), hash: String(cell("hash")) };
}
