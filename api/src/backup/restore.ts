import { DatabaseError } from "sqlproof";
import {
  type CellRow,
  type CopiedTable,
  type DatabasePlace,
  type Loader,
  openLoader,
  type Receiver,
  RowSum,
  receivers,
  storedSum,
} from "sqlproof/copy";
import { readMigrations } from "sqlproof/migrations/files";
import { BackupError } from "./error.ts";
import type { End, Header } from "./format.ts";
import { type Reader, readBackup } from "./read-backup.ts";

export interface RestoreOptions {
  /** The folder of the steps of the engine that is restored to. */
  readonly folder: string;
  /** Called after each page of rows with the number of all rows so far. */
  readonly onRows?: (rows: number) => void;
}

/** What a database was restored from. */
export interface Restored {
  readonly header: Header;
  readonly end: End;
}

/**
 * Restores a backup, of either engine, into a database that is not there yet or has no tables, at the step of the
 * schema that it had. The backup is read twice: nothing is written before all of it was compared with its checksums,
 * and afterwards the stored rows are compared with those of the backup. Throws `BackupError`, `CopyError` and
 * `DatabaseError`; nothing usable is left then.
 */
export async function restore(
  read: () => AsyncIterable<Uint8Array>,
  to: DatabasePlace,
  options: RestoreOptions,
): Promise<Restored> {
  const header = await headerOf(read());
  refuseUnknownSteps(header, options.folder);
  const loading = new Loading(await openLoader(to, { ...options, lastVersion: lastStep(header) }), options.onRows);
  try {
    const end = await readBackup(read(), loading);
    await loading.loader.finish(new Map(Object.entries(header.numbers)));
    return { header, end };
  } catch (error) {
    await loading.loader.abandon();
    throw error;
  }
}

/** Reads a backup to its end. */
async function headerOf(bytes: AsyncIterable<Uint8Array>): Promise<Header> {
  let found: Header | null = null;
  const header = async (line: Header) => {
    found = line;
  };
  await readBackup(bytes, { header, rows: async () => undefined });
  if (found === null) throw new BackupError("This is not a backup.");
  return found;
}

export function lastStep({ steps }: Header): number {
  return Math.max(0, ...steps.map(({ version }) => version));
}

function refuseUnknownSteps(header: Header, folder: string): void {
  const known = new Map(readMigrations(folder).map(({ version, name }) => [version, name]));
  if (lastStep(header) === 0)
    throw new BackupError("The backup is of a database that this program had not taken over yet: it has no steps.");
  const unknown = header.steps.find(({ version, name }) => known.get(version) !== name);
  if (unknown === undefined) return;
  throw new BackupError(
    `The backup has step ${unknown.name} of the schema, which this program does not know: it was taken by version ` +
      `${header.program} of the program, and can be restored by that one and newer ones.`,
  );
}

/** Loads the rows of a backup, and compares what is stored with them after each table. */
class Loading implements Reader {
  #targets: ReadonlyMap<string, Receiver> = new Map();
  #sum = new RowSum();
  #rows = 0;

  constructor(
    readonly loader: Loader,
    private readonly onRows: RestoreOptions["onRows"],
  ) {}

  async header({ tables }: Header): Promise<void> {
    this.#targets = receivers(tables, this.loader);
  }

  async rows(table: CopiedTable, rows: readonly CellRow[]): Promise<void> {
    const target = this.#target(table.name);
    const converted = rows.map(target.convert);
    this.#sum.add(converted);
    await this.loader.add(target.table, converted).catch((error: unknown) => {
      const isRow = error instanceof DatabaseError && ["unique", "value", "foreign-key"].includes(error.kind);
      throw isRow
        ? new BackupError(`Rows of the table ${table.name} in the backup cannot be stored: ${error.message}.`)
        : error;
    });
    this.#rows += rows.length;
    this.onRows?.(this.#rows);
  }

  async tableEnd({ table }: { readonly table: string }): Promise<void> {
    const stored = await storedSum(this.loader, this.#target(table).table);
    if (`${stored}` !== `${this.#sum}`)
      throw new BackupError(`The table ${table} does not store what the backup has (${stored}, not ${this.#sum}).`);
    this.#sum = new RowSum();
  }

  #target(name: string): Receiver {
    const target = this.#targets.get(name);
    if (target === undefined) throw new BackupError(`The backup has rows of a table ${name} that it does not list.`);
    return target;
  }
}
