import type { Database, Query, Transaction } from "sqlproof";
import { forgetRow, lockedRows, unfoldedRows, writeText } from "./queries.ts";
import { companyText, employeeText, orderText, productText } from "./row-text.ts";

/** So many rows are folded in one transaction: few enough that nobody waits long for their locks. */
const rowsAtOnce = 200;
const secondMs = 1000;
/** How often rows that another program has written are looked for. */
export const sweepMs = 5 * secondMs;

/**
 * Folds the rows that another program has inserted or changed, or that a migration has left to be folded, and gives how
 * many there were. It can be interrupted at any point: each row is noted until its text is written. `onBatch` hears how
 * many rows have been folded so far.
 */
export async function foldUnfolded(database: Database, onBatch?: (rows: number) => void): Promise<number> {
  let folded = 0;
  for (;;) {
    const noted = await database.all(unfoldedRows, { rows: rowsAtOnce });
    if (noted.length === 0) return folded;
    await database.transaction((tx) => foldNoted(tx, noted));
    folded += noted.length;
    onBatch?.(folded);
  }
}

/** Folds such rows every few seconds. */
export function foldRegularly(database: Database, onError: (error: unknown) => void): { stop(): void } {
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    foldUnfolded(database)
      .catch(onError)
      .finally(() => {
        isBusy = false;
      });
  }, sweepMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

interface NotedRow {
  readonly table_name: string;
  readonly row_id: number;
}

async function foldNoted(tx: Transaction, noted: readonly NotedRow[]): Promise<void> {
  const of = (table: string) => noted.flatMap(({ table_name, row_id }) => (table_name === table ? [row_id] : []));
  await foldRows(tx, lockedRows.customers, writeText.customers, of("customers"), companyText);
  await foldRows(tx, lockedRows.suppliers, writeText.suppliers, of("suppliers"), companyText);
  await foldRows(tx, lockedRows.shippers, writeText.shippers, of("shippers"), companyText);
  await foldRows(tx, lockedRows.employees, writeText.employees, of("employees"), employeeText);
  await foldRows(tx, lockedRows.products, writeText.products, of("products"), productText);
  await foldRows(tx, lockedRows.orders, writeText.orders, of("orders"), orderText);
  // Last: whoever changes one of these rows now waits for its lock, and then notes it again.
  await tx.runMany(forgetRow, noted);
}

async function foldRows<Row extends { readonly id: number }>(
  tx: Transaction,
  locked: Query<{ readonly ids: readonly number[] }, Row>,
  write: Query<{ readonly id: number; readonly search_text: string }, never>,
  ids: readonly number[],
  textOf: (row: Row) => string,
): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx.all(locked, { ids });
  if (rows.length === 0) return;
  const texts = rows.map((row) => ({ id: row.id, search_text: textOf(row) }));
  await tx.runMany(write, texts);
}
