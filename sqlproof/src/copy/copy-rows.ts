import { rowHash } from "#row-hash";
import { type CellRow, type CopiedTable, CopyError, keyOf, rowConversion } from "./cells.ts";
import type { Loader } from "./copied-database.ts";

/** The table of a new database that the rows of a copied table go into, and how they change on the way. */
export interface Receiver {
  readonly table: CopiedTable;
  readonly convert: (row: CellRow) => CellRow;
}

/** Finds for each copied table the one that receives it. Throws `CopyError` unless both sides have the same tables. */
export function receivers(from: readonly CopiedTable[], loader: Pick<Loader, "tables">): ReadonlyMap<string, Receiver> {
  const there = new Map(loader.tables.map((table) => [table.name.toLowerCase(), table]));
  const found = from.map((table) => {
    const target = there.get(table.name.toLowerCase());
    if (target === undefined) throw new CopyError(`the steps of this program make no table ${table.name}`);
    there.delete(table.name.toLowerCase());
    return [table.name, { table: target, convert: rowConversion(table, target) }] as const;
  });
  const [missing] = there.keys();
  if (missing !== undefined) throw new CopyError(`the table ${missing} is missing in what is copied`);
  return new Map(found);
}

/**
 * A checksum of rows that does not depend on their order. It finds what was lost or changed by accident; it is no
 * protection against somebody who means to.
 */
export class RowSum {
  rows = 0;
  #sum = 0n;

  add(rows: readonly CellRow[]): void {
    this.rows += rows.length;
    for (const row of rows) this.#sum = (this.#sum + rowHash(JSON.stringify(row))) & 0xffff_ffff_ffff_ffffn;
  }

  toString(): string {
    return `${this.rows} rows, ${this.#sum.toString(16)}`;
  }
}

const rowsPerPage = 2000;

/** Reads back what a new database stores. */
export async function storedSum(loader: Loader, table: CopiedTable): Promise<RowSum> {
  const sum = new RowSum();
  let after: CellRow | null = null;
  for (;;) {
    const rows: readonly CellRow[] = await loader.page(table, after, rowsPerPage);
    sum.add(rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerPage) return sum;
    after = keyOf(table, last);
  }
}
