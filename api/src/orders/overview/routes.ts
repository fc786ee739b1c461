import type { Api } from "../../api.ts";
import { fileTypes, ok } from "../../contract/answer.ts";
import { language } from "../../contract/filter-parameters.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, integer, none, nullable, statusId, text } from "../../contract/schema.ts";
import { ReportCache } from "../../reports/report-cache.ts";
import { plainStyle, styleOf } from "../export/csv-cells.ts";
import { Exports } from "../export/export.ts";
import { filtersOf } from "../list/filter.ts";
import { refuseUnknown } from "../list/known.ts";
import { refuseHidden, refuseSort } from "../list/list.ts";
import { filters as filterParameters, filtersAndSort } from "../list/parameters.ts";
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
  return [anchorsRoute(api), countsRoute(api), ...fileRoutes(api)];
}

function fileRoutes(api: Api): readonly Route[] {
  const exports = new Exports(api.database, api.reporter);
  return [exportRoute(api, exports), workbookRoute(api, exports)];
}

const spreadsheetLanguage = language(
  "The language of the spreadsheet that reads the file, like `es`: where its decimal sign is a comma, cells are " +
    "separated by semicolons, and dates are written with a space. Without it: commas, points and ISO dates.",
);

function anchorsRoute({ database, reporter }: Api): Route {
  const limits = { freshMs: 5000, staleMs: 60_000, maxWeight: 100_000 };
  const cache = new ReportCache<Anchors | null>(reporter, limits, (anchors) => anchors?.anchors.length ?? 1);
  return route({
    method: "GET",
    path: "/api/orders/anchors",
    right: "read-orders",
    tag,
    summary: "Where to begin to read a list of orders at any depth",
    description:
      "For a scroll bar: to read row n of `GET /api/orders` with the same filters and sort, pass " +
      "`cursor=anchors[floor(n / every)]`. The first anchor is null, the beginning. Only the anchors can be stale, never " +
      `the list itself. ${staleness} At most 60 s.`,
    query: filtersAndSort,
    body: none,
    data: anchorList,
    refusals: ["not-found", "sort", "forbidden"],
    async handle({ query: { sort, ...given }, client, view }) {
      refuseHidden(view, sort);
      const filters = filtersOf(given);
      const { report, age_seconds } = await cache.get(JSON.stringify([sort, filters]), client.signal, (signal) =>
        reporter.run(anchorsReport, { filters, sort }, signal),
      );
      if (report === null) throw refuseSort(sort);
      if (report.total === 0) await refuseUnknown(database, filters);
      return ok("Anchors of the list retrieved", { ...report, age_seconds });
    },
  });
}

function countsRoute({ database, reporter }: Api): Route {
  const limits = { freshMs: 3000, staleMs: 30_000, maxWeight: 1000 };
  const cache = new ReportCache<readonly StatusCount[]>(reporter, limits, () => 1);
  return route({
    method: "GET",
    path: "/api/orders/counts",
    right: "read-orders",
    tag,
    summary: "Count the orders of a list by status",
    description:
      "`status_id` limits nothing, so that the counts of the other statuses show where to look; one that does not exist " +
      `is refused with 404, as in the list. A status without orders is left out. ${staleness} At most 30 s.`,
    query: filterParameters,
    body: none,
    data: countList,
    refusals: ["not-found"],
    async handle({ query, client }) {
      const [asked, filters] = [filtersOf(query), filtersOf({ ...query, status_id: null })];
      const { report, age_seconds } = await cache.get(JSON.stringify(filters), client.signal, (signal) =>
        reporter.run(countsReport, filters, signal),
      );
      const total = report.reduce((sum, { orders }) => sum + orders, 0);
      const isFound = report.some(({ status_id }) => asked.status_id === null || asked.status_id === status_id);
      if (!isFound) await refuseUnknown(database, asked);
      return ok("Orders counted", { total, by_status: report, age_seconds });
    },
  });
}

const fileDescription =
  "The file is sent as it is read; one that fails midway is cut, never ended. At most eight are sent at a time.";

function workbookRoute({ company }: Api, exports: Exports): Route {
  return route({
    method: "GET",
    path: "/api/orders.xlsx",
    right: "export-orders",
    proof: true,
    tag,
    summary: "Download exactly the filtered list of orders as a workbook (XLSX)",
    description:
      "Texts are texts, dates are dates, and amounts are numbers, written digit by digit; an amount of more than 15 " +
      `digits, which no spreadsheet can compute with, stays exact as text. ${fileDescription}`,
    query: filtersAndSort,
    body: none,
    data: text(65_535),
    files: [fileTypes.xlsx],
    refusals: ["overloaded", "not-found", "sort"],
    async handle({ query: { sort, ...given }, client }) {
      const parts = await exports.open(
        { filters: filtersOf(given), sort, format: "xlsx", currency: company.currency },
        client.signal,
      );
      return { name: `orders-${company.today()}.xlsx`, type: fileTypes.xlsx, parts };
    },
  });
}

function exportRoute({ company }: Api, exports: Exports): Route {
  return route({
    method: "GET",
    path: "/api/orders.csv",
    right: "export-orders",
    proof: true,
    tag,
    summary: "Download exactly the filtered list of orders as CSV",
    description:
      "RFC 4180 in UTF-8 with a byte order mark. Amounts are exact. A text that a spreadsheet would take for a formula " +
      `has an apostrophe in front. ${fileDescription}`,
    query: { ...filtersAndSort, language: spreadsheetLanguage },
    body: none,
    data: text(65_535),
    files: [fileTypes.csv],
    refusals: ["overloaded", "not-found", "sort"],
    async handle({ query: { sort, language, ...given }, client }) {
      const format = language === null ? plainStyle : styleOf(language);
      const parts = await exports.open(
        { filters: filtersOf(given), sort, format, currency: company.currency },
        client.signal,
      );
      return { name: `orders-${company.today()}.csv`, type: fileTypes.csv, parts };
    },
  });
}
