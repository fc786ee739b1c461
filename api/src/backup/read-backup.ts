import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import type { CellRow, CopiedTable } from "sqlproof/copy";
import { BackupError } from "./error.ts";
import { type End, type Header, isEnd, isHeader, isTableEnd, parsedLine, type TableEnd } from "./format.ts";
import { unsealed } from "./seal.ts";

/** Receives what a backup contains, in its order. */
export interface Reader {
  header(header: Header): Promise<void>;
  rows(table: CopiedTable, rows: readonly CellRow[]): Promise<void>;
  /** The rows of a table were complete, and are what was written. */
  tableEnd?(end: TableEnd): Promise<void>;
}

const rowsAtOnce = 2000;

/**
 * Reads a backup to its end, and compares its checksums on the way. Throws `BackupError` if it is not a backup, if a
 * byte of it has changed or its end is missing; what was read until then must not be used.
 */
export async function readBackup(bytes: AsyncIterable<Uint8Array>, reader: Reader): Promise<End> {
  const reading = new Reading(reader);
  try {
    await pipeline(unsealed(bytes), createZstdDecompress(), async (chunks) => {
      await reading.all(chunks);
    });
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("ZSTD"))
      throw new BackupError(`${reading.isBegun ? damaged("cannot be unpacked") : "This is not a backup."}`);
    if (error instanceof Error && /zstd|unexpected end|Z_BUF|corrupt|checksum/i.test(error.message))
      throw new BackupError(damaged("its compressed bytes end too early or were changed"));
    throw error;
  }
  return reading.end();
}

function damaged(how: string): string {
  return `The backup is damaged: ${how}. Use another one.`;
}

class Reading {
  readonly #all = new Bun.CryptoHasher("sha256");
  #table = new Bun.CryptoHasher("sha256");
  #header: Header | null = null;
  #place = 0;
  #rows: CellRow[] = [];
  #tableRows = 0;
  #allRows = 0;
  #end: End | null = null;

  constructor(private readonly reader: Reader) {}

  get isBegun(): boolean {
    return this.#header !== null;
  }

  end(): End {
    if (this.#end === null) throw new BackupError(damaged("its end is missing"));
    return this.#end;
  }

  async all(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    let rest = "";
    for await (const chunk of chunks) {
      const lines = (rest + decoded(decoder, chunk)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) await this.#line(line);
    }
    if (rest !== "") throw new BackupError(damaged("its last line is cut"));
  }

  async #line(text: string): Promise<void> {
    if (this.#end !== null) throw new BackupError(damaged("something follows its end"));
    const line = parsedLine(text);
    if (this.#header === null) {
      if (!isHeader(line)) throw new BackupError("This is not a backup, or one of a newer program.");
      this.#header = line;
      this.#all.update(`${text}\n`);
      return this.reader.header(line);
    }
    if (Array.isArray(line)) return this.#row(text, line);
    if (isTableEnd(line)) return this.#tableEnd(text, line);
    if (isEnd(line)) return this.#last(line);
    throw new BackupError(damaged("a line is of no known kind"));
  }

  async #row(text: string, row: CellRow): Promise<void> {
    this.#all.update(`${text}\n`);
    this.#table.update(`${text}\n`);
    this.#rows.push(row);
    if (this.#rows.length >= rowsAtOnce) await this.#deliver();
  }

  async #deliver(): Promise<void> {
    const table = this.#header?.tables[this.#place];
    if (table === undefined) throw new BackupError(damaged("it has rows of no table"));
    const rows = this.#rows;
    this.#rows = [];
    this.#tableRows += rows.length;
    if (rows.length > 0) await this.reader.rows(table, rows);
  }

  async #tableEnd(text: string, end: TableEnd): Promise<void> {
    await this.#deliver();
    const name = this.#header?.tables[this.#place]?.name;
    if (end.table !== name || end.rows !== this.#tableRows || end.sha256 !== this.#table.digest("hex"))
      throw new BackupError(damaged(`the rows of the table ${name} are not those that were written`));
    this.#all.update(`${text}\n`);
    this.#allRows += this.#tableRows;
    this.#table = new Bun.CryptoHasher("sha256");
    this.#tableRows = 0;
    this.#place += 1;
    await this.reader.tableEnd?.(end);
  }

  #last(end: End): void {
    const isComplete = this.#place === this.#header?.tables.length && this.#rows.length === 0;
    if (!isComplete || end.rows !== this.#allRows || end.sha256 !== this.#all.digest("hex"))
      throw new BackupError(damaged("it is not what was written"));
    this.#end = end;
  }
}

function decoded(decoder: TextDecoder, chunk: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw new BackupError(damaged("it has bytes that are no text"));
  }
}
