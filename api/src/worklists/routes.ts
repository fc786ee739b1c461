import type { Api } from "../api.ts";
import { ApiError, ok } from "../contract/answer.ts";
import { choices, days, idFilter, limit } from "../contract/query-parameters.ts";
import { type Route, route } from "../contract/route.ts";
import { array, none } from "../contract/schema.ts";
import { ReportCache } from "../reports/report-cache.ts";
import { type Worklist, worklist, worklistNames } from "./fields.ts";
import { entriesAfter, worklistsReport } from "./worklists.ts";

/** The route for what waits to be done. */
export function worklistRoutes({ database, company, reporter }: Api): readonly Route[] {
  const cache = new ReportCache<readonly Worklist[]>(
    reporter,
    { freshMs: 5000, staleMs: 30_000, maxWeight: 20 },
    () => 1,
  );
  return [
    route({
      method: "GET",
      path: "/api/worklists",
      right: "read-orders",
      tag: "worklists",
      summary: "List what waits to be done: orders, purchase orders and products",
      description:
        "Orders `to_allocate` could hold more than they do; of a `short` one something is not there; all of one " +
        "`to_invoice` is there; of one `to_ship` something can leave the house; a `late` one is open, has no shipping " +
        "date and was placed at least `late_days` days ago. Purchase orders are `to_approve` or `to_receive`, " +
        "products `to_reorder`. The oldest come first. At most 1,000 are counted. With `after`, the entries of one list " +
        "that follow an id, so that whoever is done with one goes to the next. With 10,000 orders or more, a list may " +
        "be some seconds old.",
      query: {
        names: choices(worklistNames, "Only these lists."),
        after: idFilter("Only what comes after this order, purchase order or product. Needs exactly one name."),
        late_days: days("Number of days after which an open order is late.", 7),
        limit: limit(1000, 5),
      },
      body: none,
      data: array(worklist),
      async handle({ query: { names: asked, after, late_days: lateDays, limit: most }, client }) {
        const names = worklistNames.filter((name) => asked.size === 0 || asked.has(name));
        if (after !== null && asked.size !== 1) throw refuseAfter();
        const invoicesOnShipment = company.terms.invoicing_policy === "on-shipment";
        const key = `${names.join()} ${lateDays} ${company.timeZone} ${invoicesOnShipment}`;
        const request = { names, now: company.now(), lateDays, invoicesOnShipment };
        const { report } = await cache.get(key, client.signal, (signal) =>
          reporter.run(worklistsReport, request, signal),
        );
        const lists = await Promise.all(
          report.map(async (list) => {
            const entries = after === null ? list.entries : await entriesAfter(database, list, after);
            return { ...list, entries: entries.slice(0, most) };
          }),
        );
        return ok("Worklists retrieved", lists);
      },
    }),
  ];
}

function refuseAfter(): ApiError {
  const message = "Needs exactly one of `names`: every list has an order of its own.";
  return new ApiError("bad-query", message, { issues: [{ parameter: "after", code: "bad-query", message }] });
}
