import type { Database } from "sqlproof";
import { exportReport } from "./orders/export/rows.ts";
import { keysReport } from "./orders/list/keys.ts";
import { anchorsReport } from "./orders/overview/anchors.ts";
import { countsReport } from "./orders/overview/counts.ts";
import { newestOrderId } from "./orders/queries.ts";
import type { ReportSource } from "./reports/messages.ts";
import type { Report } from "./reports/report.ts";
import { Reporter, type ReporterOptions } from "./reports/reporter.ts";
import { proofReport } from "./stock/proof/proof.ts";
import { summaryReport } from "./summary/summary.ts";
import { worklistsReport } from "./worklists/worklists.ts";

/** All reports of the API. The report thread can make only reports in this list. */
export const allReports: readonly Report<never, unknown>[] = [
  anchorsReport,
  countsReport,
  exportReport,
  keysReport,
  proofReport,
  summaryReport,
  worklistsReport,
];

/** Creates the reporter of a database. Without a source it makes all reports in this thread. */
export function createReporter(
  database: Database,
  source: ReportSource | null,
  { largeFrom, onStatement }: Pick<ReporterOptions, "largeFrom" | "onStatement"> = {},
): Reporter {
  return new Reporter({
    ...{ database, source },
    worker: new URL("./report-worker.ts", import.meta.url),
    // Ids only grow, so the newest id is an upper bound of the number of orders.
    size: async () => (await database.one(newestOrderId)).newest ?? 0,
    ...(largeFrom === undefined ? {} : { largeFrom }),
    onStatement,
  });
}
