import type { Api } from "../api.ts";
import { ok } from "../contract/answer.ts";
import { object } from "../contract/object.ts";
import { days } from "../contract/query-parameters.ts";
import { type Route, route } from "../contract/route.ts";
import { array, boolean, dateTime, decimal, id, integer, none, nullable, statusId, text } from "../contract/schema.ts";
import { now } from "../contract/text.ts";
import { ReportCache } from "../reports/report-cache.ts";
import { newestOrders } from "./queries.ts";
import { brief, type Summary, summaryReport } from "./summary.ts";

const number = integer({ min: 0, max: 2_147_483_647 });
const name = nullable(text(65_535));
const orderBrief = object("OrderBrief", {
  id,
  order_date: nullable(dateTime),
  status_id: nullable(statusId),
  customer_id: nullable(id),
  customer: name,
});

const summary = object("Summary", {
  orders_by_status: array(
    object("SummaryStatus", { status_id: nullable(statusId), status_name: name, orders: number, open: boolean }),
  ),
  late: object("SummaryLate", { days: number, orders: number, first: array(orderBrief) }),
  sales_by_month: array(object("SummaryMonth", { month: text(7), orders: number, sales: decimal() })),
  top_days: number,
  top_products: array(
    object("SummaryProduct", { product_id: id, product_code: name, product_name: name, sales: decimal() }),
  ),
  top_customers: array(object("SummaryCustomer", { customer_id: id, customer: name, sales: decimal() })),
  newest_orders: array(orderBrief),
  age_seconds: number,
});

/** What the home page shows. */
export function summaryRoutes({ database, reporter }: Api): readonly Route[] {
  const cache = new ReportCache<Summary>(reporter, { freshMs: 30_000, staleMs: 300_000, maxWeight: 20 }, () => 1);
  return [
    route({
      method: "GET",
      path: "/api/summary",
      tag: "summary",
      summary: "What needs attention today, and what was sold",
      description:
        "Open orders are new or invoiced ones. Late are open orders without a shipping date that were ordered " +
        "`late_days` ago or earlier. Sales are the extended prices of the order details, exact, of all orders by their " +
        "order date, without taxes and shipping fees: of this calendar month and the eleven before, and for the top five " +
        "of the last 90 days. The newest orders are of this moment; so is everything with fewer than 10,000 orders. " +
        "With more, the rest is kept: `age_seconds` says how old it is, usually 30 s at most, 300 s after a pause.",
      query: { late_days: days("After how many days an open order is late.", 7) },
      body: none,
      data: summary,
      async handle({ query: { late_days: lateDays }, client }) {
        const { report, age_seconds } = await cache.get(String(lateDays), client.signal, (signal) =>
          reporter.run(summaryReport, { now: now(), lateDays }, signal),
        );
        const newest_orders = (await database.all(newestOrders)).map(brief);
        return ok("Summary made", { ...report, newest_orders, age_seconds });
      },
    }),
  ];
}
