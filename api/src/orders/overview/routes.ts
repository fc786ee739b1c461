import type { Api } from "../../api.ts";
import { ok } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, integer, none, nullable, statusId, text } from "../../contract/schema.ts";
import { ReportCache } from "../../reports/report-cache.ts";
import { Exports } from "../export/export.ts";
import { allFilters, filtersAndSort } from "../list/parameters.ts";
import { type Anchors, anchorsReport } from "./anchors.ts";
import { countsReport, type StatusCount } from "./counts.ts";

const tag = "orders";
const number = integer({ min: 0, max: 2_147_483_647 });

/** The part of the description that explains the age of a report. */
const staleness =
  "With fewer than 10,000 orders the answer is current; with more it is cached for a while and made anew: " +
  "`age_seconds` says how old it is.";

const anchorList = object("OrderAnchors", {
  total: number,
  every: number,
  anchors: array(nullable(text(500))),
  age_seconds: number,
});

const countList = object("OrderCounts", {
  total: number,
  by_status: array(object("OrderCount", { status_id: nullable(statusId), orders: number })),
  age_seconds: number,
});

/** Questions about a whole list of orders: where its pages begin, how many orders there are, all of them as a file. */
export function overviewRoutes(api: Api): readonly Route[] {
  return [anchorsRoute(api), countsRoute(api), exportRoute(api)];
}

function anchorsRoute({ reporter }: Api): Route {
  const limits = { freshMs: 5000, staleMs: 60_000, maxWeight: 100_000 };
  const cache = new ReportCache<Anchors>(reporter, limits, ({ anchors }) => anchors.length);
  return route({
    method: "GET",
    path: "/api/orders/anchors",
    tag,
    summary: "Where to begin to read a list of orders at any depth",
    description:
      "For a scroll bar: to read row n of `GET /api/orders` with the same filters and sort, pass " +
      "`cursor=anchors[floor(n / every)]`. The first anchor is null, the beginning. Only the anchors can be stale, never " +
      `the list itself. ${staleness} At most 60 s.`,
    query: filtersAndSort,
    body: none,
    data: anchorList,
    async handle({ query: { sort, ...filters }, client }) {
      const { report, age_seconds } = await cache.get(JSON.stringify([sort, filters]), client.signal, (signal) =>
        reporter.run(anchorsReport, { filters, sort }, signal),
      );
      return ok("Anchors of the list retrieved", { ...report, age_seconds });
    },
  });
}

function countsRoute({ reporter }: Api): Route {
  const limits = { freshMs: 3000, staleMs: 30_000, maxWeight: 1000 };
  const cache = new ReportCache<readonly StatusCount[]>(reporter, limits, () => 1);
  return route({
    method: "GET",
    path: "/api/orders/counts",
    tag,
    summary: "Count the orders of a list by status",
    description:
      "`status_id` is ignored, so that the counts of the other statuses show where to look. A status without orders is " +
      `left out. ${staleness} At most 30 s.`,
    query: allFilters,
    body: none,
    data: countList,
    async handle({ query, client }) {
      const filters = { ...query, status_id: null };
      const { report, age_seconds } = await cache.get(JSON.stringify(filters), client.signal, (signal) =>
        reporter.run(countsReport, filters, signal),
      );
      const total = report.reduce((sum, { orders }) => sum + orders, 0);
      return ok("Orders counted", { total, by_status: report, age_seconds });
    },
  });
}

function exportRoute({ company, reporter }: Api): Route {
  const exports = new Exports(reporter);
  return route({
    method: "GET",
    path: "/api/orders.csv",
    tag,
    summary: "Download exactly the filtered list of orders as CSV",
    description:
      "RFC 4180 in UTF-8 with a byte order mark, sent as it is read. Amounts are exact. A text that a spreadsheet would " +
      "take for a formula has an apostrophe in front. A download that fails midway is cut, never ended.",
    query: filtersAndSort,
    body: none,
    data: text(65_535),
    file: "text/csv",
    refusals: ["overloaded"],
    async handle({ query: { sort, ...filters }, client }) {
      const parts = await exports.open({ filters, sort }, client.signal);
      return { name: `orders-${company.today()}.csv`, type: "text/csv", parts };
    },
  });
}
