import type { Database } from "sqlproof";
import { type SheetPart, type SheetRequest, sheetOf } from "../orders/export/rows.ts";
import { type KeysRequest, keysOf } from "../orders/list/keyset.ts";
import type { Filters, Key } from "../orders/list/list.ts";
import { type Anchors, type AnchorsRequest, anchorsOf } from "../orders/overview/anchors.ts";
import { countsOf, type StatusCount } from "../orders/overview/counts.ts";
import { type Summary, type SummaryRequest, summaryOf } from "../summary/summary.ts";

/** A read whose cost grows with the data: what it is asked, and what it finds. */
interface Reports {
  readonly anchors: { readonly request: AnchorsRequest; readonly found: Anchors };
  readonly counts: { readonly request: Filters; readonly found: readonly StatusCount[] };
  readonly keys: { readonly request: KeysRequest; readonly found: readonly Key[] };
  readonly sheet: { readonly request: SheetRequest; readonly found: SheetPart };
  readonly summary: { readonly request: SummaryRequest; readonly found: Summary };
}

export type ReportName = keyof Reports;
export type RequestOf<N extends ReportName> = Reports[N]["request"];
export type FoundBy<N extends ReportName> = Reports[N]["found"];

/** Rejects, sooner or later, when the signal is given. */
type Report<Request, Found> = (db: Database, request: Request, signal: AbortSignal) => Promise<Found>;

const reports: { readonly [N in ReportName]: Report<RequestOf<N>, FoundBy<N>> } = {
  anchors: anchorsOf,
  counts: countsOf,
  keys: (db, request) => keysOf(db, request),
  sheet: sheetOf,
  summary: summaryOf,
};

/** Makes a report on this database. */
export function report<N extends ReportName>(
  db: Database,
  name: N,
  request: RequestOf<N>,
  signal: AbortSignal,
): Promise<FoundBy<N>> {
  return reports[name](db, request, signal);
}
