import type { Api } from "../api.ts";
import { ok } from "../contract/answer.ts";
import { object } from "../contract/object.ts";
import { days } from "../contract/query-parameters.ts";
import { type Route, route } from "../contract/route.ts";
import { array, boolean, dateTime, decimal, id, integer, none, nullable, statusId, text } from "../contract/schema.ts";
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

/** The route for the home page. */
export function summaryRoutes({ database, company, reporter }: Api): readonly Route[] {
  const cache = new ReportCache<Summary>(reporter, { freshMs: 30_000, staleMs: 300_000, maxWeight: 20 }, () => 1);
  return [
    route({
      method: "GET",
      path: "/api/summary",
      right: "read-summary",
      tag: "summary",
      summary: "Get the orders that need attention and the sales figures",
      description:
        "Open orders are new or invoiced. Late orders are open, have no shipping date, and were placed at least " +
        "`late_days` days ago. Sales are exact sums of extended prices without taxes and shipping fees, for this " +
        "calendar month and the eleven before by order date, and for the top five products and customers of the last " +
        "90 days. The newest orders are always current. With 10,000 orders or more, everything else may come from a " +
        "cache: `age_seconds` is its age, usually at most 30 s, or 300 s after a period without requests.",
      query: { late_days: days("Number of days after which an open order is late.", 7) },
      body: none,
      data: summary,
      async handle({ query: { late_days: lateDays }, client }) {
        const { report, age_seconds } = await cache.get(`${lateDays} ${company.timeZone}`, client.signal, (signal) =>
          reporter.run(summaryReport, { now: company.now(), minorUnit: company.currency.minorUnit, lateDays }, signal),
        );
        const newest_orders = (await database.all(newestOrders)).map(brief);
        return ok("Summary retrieved", { ...report, newest_orders, age_seconds });
      },
    }),
  ];
}
