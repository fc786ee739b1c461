// Reads returns with what came back.
import { type CalendarDate, dateTime, isDateTime, type Queryable, type RowOf } from "sqlproof";
import { ApiError, okList, type Page } from "../../contract/answer.ts";
import { readCursor, writeCursor } from "../../contract/cursor.ts";
import { refuseCursor } from "../../contract/query-parameters.ts";
import type { OrderReturn } from "./fields.ts";
import { contentsOfReturns, returnPage, type returnsByIds } from "./queries.ts";

type Row = RowOf<typeof returnsByIds>;

/** Returns with what came back, in their order. */
export async function withContents(db: Queryable, rows: readonly Row[]): Promise<readonly OrderReturn[]> {
  const order_return_ids = rows.map(({ id }) => id);
  const contents = order_return_ids.length === 0 ? [] : await db.all(contentsOfReturns, { order_return_ids });
  const ofReturn = Map.groupBy(contents, ({ order_return_id }) => order_return_id);
  return rows.map(({ version: _, ...row }) => ({
    ...row,
    order_return_details: (ofReturn.get(row.id) ?? []).map(({ order_return_id: __, ...content }) => content),
  }));
}

/** The error for a return that does not exist. */
export function returnNotFound(): ApiError {
  return new ApiError("not-found", "There is no such return.");
}

/** What a list of returns is asked for. */
interface ReturnRequest {
  readonly returned_from: CalendarDate | null;
  readonly returned_to: CalendarDate | null;
  readonly limit: number;
  readonly cursor: string | null;
}

/** A page of returns, the newest first. */
export async function returnsPage(db: Queryable, request: ReturnRequest) {
  const { returned_from, returned_to, limit, cursor } = request;
  const list = `returns from=${returned_from} to=${returned_to}`;
  const newest = { before: dateTime(`${returned_to ?? "9999-12-31"}T23:59:59`), before_id: 2_147_483_648 };
  const place = cursor === null ? newest : readPlace(cursor, list);
  const from = dateTime(`${returned_from ?? "1000-01-01"}T00:00:00`);
  const rows = await db.all(returnPage, { ...place, from, rows: limit + 1 });
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const next_cursor = last === undefined ? null : writeCursor([list, last.returned_date, last.id]);
  const shown: Page = { limit, next_cursor };
  return okList("Returns retrieved", await withContents(db, rows.slice(0, limit)), shown);
}

/** Where the page before ended, or 400. */
function readPlace(cursor: string, wanted: string) {
  const [list, before, before_id, ...rest] = readCursor(cursor);
  const isPlace = typeof before === "string" && isDateTime(before) && typeof before_id === "number";
  if (list !== wanted || !isPlace || !Number.isSafeInteger(before_id) || rest.length > 0) throw refuseCursor();
  return { before, before_id };
}
