import {
  type CellRow,
  type CopiedTable,
  keyOf,
  type Receiver,
  RowSum,
  receivers,
  type Snapshot,
} from "../copy/index.ts";
import { MoveError, type Target } from "./places.ts";

const rowsPerPage = 1000;
/** A page may grow by so many rows from pass to pass. */
const newRowsPerPage = 200;

/** What the target holds from the row after a key on: the key of the last row of the page, and the checksum. */
interface KnownPage {
  readonly through: string;
  readonly sum: string;
}

/** The pages of the target by table and by the key after which they begin. */
export type KnownPages = ReadonlyMap<string, KnownPage>;

export interface PassOutcome {
  readonly rows: number;
  /** The rows of the pages that were different, and are copied. */
  readonly copied: number;
  readonly known: KnownPages;
}

/**
 * Compares every page of the snapshot with the target by checksum, and copies those that differ. Nobody else writes to
 * the target, so what an earlier pass has read there is still known.
 */
export async function runPass(
  snapshot: Snapshot,
  target: Target,
  earlier: KnownPages,
  onTable: (table: string, rows: number) => void,
): Promise<PassOutcome> {
  const found = receivers(snapshot.tables, target);
  const known = new Map<string, KnownPage>();
  let [rows, copied] = [0, 0];
  for (const table of snapshot.tables) {
    const receiver = found.get(table.name);
    if (receiver === undefined) throw new MoveError(`the target has no table ${table.name}`);
    let after: CellRow | null = null;
    do {
      const name: string = JSON.stringify([table.name, after]);
      const { page, through }: SourcePage = await pageAfter(snapshot, table, after, earlier.get(name));
      const { isSame, stored } = await synced(target, receiver, { after, through }, page, earlier.get(name));
      known.set(name, stored);
      rows += page.length;
      if (!isSame) copied += page.length;
      onTable(table.name, rows);
      after = through;
    } while (after !== null);
  }
  return { rows, copied, known };
}

interface SourcePage {
  readonly page: readonly CellRow[];
  readonly through: CellRow | null;
}

/**
 * The next page of the source. It ends where the earlier one did, if that row is still there and not too far: otherwise
 * one new row would move the borders of all later pages, and each would have to be read at the target again.
 */
async function pageAfter(
  snapshot: Snapshot,
  table: CopiedTable,
  after: CellRow | null,
  earlier: KnownPage | undefined,
): Promise<SourcePage> {
  const limit = earlier === undefined ? rowsPerPage : rowsPerPage + newRowsPerPage;
  const rows = await snapshot.page(table, after, limit);
  const known = rows.findLastIndex((row) => JSON.stringify(keyOf(table, row)) === earlier?.through);
  if (known === -1 && rows.length < limit) return { page: rows, through: null };
  const page = rows.slice(0, known === -1 ? rowsPerPage : known + 1);
  const last = page.at(-1);
  return { page, through: last === undefined ? null : keyOf(table, last) };
}

interface PageRange {
  readonly after: CellRow | null;
  readonly through: CellRow | null;
}

async function synced(
  target: Target,
  { table, convert }: Receiver,
  range: PageRange,
  page: readonly CellRow[],
  earlier: KnownPage | undefined,
): Promise<{ readonly isSame: boolean; readonly stored: KnownPage }> {
  const rows = page.map(convert);
  const stored = { through: JSON.stringify(range.through), sum: sumOf(rows) };
  if (earlier?.through === stored.through && earlier.sum === stored.sum) return { isSame: true, stored };
  const there = () => target.rows(table, range).then(sumOf);
  if ((await there()) === stored.sum) return { isSame: true, stored };
  await target.replace(table, range, rows);
  if ((await there()) !== stored.sum) throw new MoveError(differs(table, range));
  return { isSame: false, stored };
}

function differs({ name }: CopiedTable, { after, through }: PageRange): string {
  const [begin, end] = [after, through].map((key) => (key === null ? "the end" : JSON.stringify(key)));
  return `${name}: the rows between ${begin} and ${end} are not stored as they were sent`;
}

function sumOf(rows: readonly CellRow[]): string {
  const sum = new RowSum();
  sum.add(rows);
  return String(sum);
}
