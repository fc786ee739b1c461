// The stock: what there is of each product whose stock is kept, and how it changes apart from orders.
import type { Api } from "../api.ts";
import { ok } from "../contract/answer.ts";
import { toUnits } from "../contract/decimal.ts";
import { flag, idList } from "../contract/filter-parameters.ts";
import { choice, choices, cursor, idFilter, limit, quantity, search } from "../contract/query-parameters.ts";
import { type Route, route } from "../contract/route.ts";
import { array, none } from "../contract/schema.ts";
import { dryRun } from "../contract/write-headers.ts";
import { WaitingOrders } from "../orders/stock/fill.ts";
import { promiseFor } from "../orders/stock/promises.ts";
import { ReportCache } from "../reports/report-cache.ts";
import { runWrite } from "../writes/run-write.ts";
import { adjustStock } from "./adjust.ts";
import { adjustment, type Stock, stock, stockPromise, stockProof, stockTransaction } from "./fields.ts";
import { receiptsOf, stockOf, stockPage, transactionsPage } from "./list.ts";
import { proofReport, type StockProof } from "./proof/proof.ts";

const tag = "stock";

/** The routes of the stock. */
export function stockRoutes(api: Api): readonly Route[] {
  return [
    ...[listRoute(api), adjustmentRoute(api), proofRoute(api), stockRoute(api), promiseRoute(api)],
    transactionsRoute(api),
  ];
}

function listRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path: "/api/stock",
    right: "read-stock",
    tag,
    summary: "List the stock of all products whose stock is kept",
    description:
      "available = on_hand - allocated; the current level is available + on_order - back_ordered. A product is `low` " +
      "below its reorder level; `to_reorder` is what lacks to its target level, at least its minimum of an order.",
    query: {
      q: search("Words that occur, in any order, in code, name or category; case and accents make no difference."),
      sort: choice(["id", "-id", "name", "-name"], "By product id or by name; `-` is downwards."),
      low: flag("Only those that are below their reorder level, or only those that are not."),
      to_reorder: flag("Only those of which something is to be reordered, or only those of which nothing is."),
      products: idList("Only these products: `1,2,3`.", 500),
      limit: limit(1000, 1000),
      cursor,
    },
    body: none,
    data: array(stock),
    paged: true,
    cache: "until-commit",
    handle: ({ query }) => stockPage(database, query),
  });
}

function proofRoute({ reporter }: Api): Route {
  const cache = new ReportCache<StockProof>(reporter, { freshMs: 5000, staleMs: 60_000, maxWeight: 2 }, () => 1);
  return route({
    method: "GET",
    path: "/api/stock/proof",
    right: "read-stock",
    tag,
    summary: "Prove the stock: name every row that contradicts the ledger or another row",
    description:
      "The balance of a product is the sum of its ledger, and what is allocated is the sum of what order details hold; " +
      "orders and entries of the ledger do not contradict themselves. A database that was taken over keeps its " +
      "faults. `faults` has the first 10,000 of `total`. With many orders, the proof may come from a cache and be " +
      "`age_seconds` old; where it takes longer than a request may, use the command `prove`.",
    query: {},
    body: none,
    data: stockProof,
    async handle({ client }) {
      const { report, age_seconds } = await cache.get("proof", client.signal, (signal) =>
        reporter.run(proofReport, null, signal),
      );
      return ok(report.total === 0 ? "The stock is proven" : "The stock has faults", { ...report, age_seconds });
    },
  });
}

function stockRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path: "/api/stock/{product_id}",
    right: "read-stock",
    tag,
    summary: "Get the stock of a product",
    query: {
      include: choices(
        ["expected_receipts"],
        "`expected_receipts`: what purchase orders still have to bring, what is expected first first.",
      ),
    },
    body: none,
    data: stock,
    cache: "until-commit",
    refusals: ["not-found"],
    async handle({ path: { product_id }, query: { include } }) {
      const found = await stockOf(database, product_id);
      const shown: Stock = include.has("expected_receipts")
        ? { ...found, expected_receipts: await receiptsOf(database, product_id) }
        : found;
      return ok("Stock retrieved", shown);
    },
  });
}

function promiseRoute({ database, company }: Api): Route {
  return route({
    method: "GET",
    path: "/api/stock/{product_id}/promise",
    right: "read-stock",
    tag,
    summary: "Say when so much of a product would be there for whoever asks now",
    description:
      "After all who wait for it already, from what is available and what suppliers owe: now, or the expected date of " +
      "the receipt that covers the last of it. `promised_date` is null where nothing covers it, or no date is known.",
    query: {
      quantity: quantity("How much of it."),
      order_detail_id: idFilter("The order detail that would wait for so much, in its place among those who wait."),
    },
    body: none,
    data: stockPromise,
    refusals: ["not-found"],
    async handle({ path: { product_id }, query: { quantity, order_detail_id: detail } }) {
      const available = toUnits((await stockOf(database, product_id)).available);
      const asked = { product_id, units: toUnits(quantity), available, detail };
      const promised_date = await promiseFor(database, asked, company.now());
      return ok("Promise computed", { product_id, quantity, promised_date });
    },
  });
}

function transactionsRoute({ database }: Api): Route {
  return route({
    method: "GET",
    path: "/api/stock/{product_id}/transactions",
    right: "read-stock",
    tag,
    summary: "List the ledger of a product, the newest entries first",
    description:
      "On Hold and Released change what is allocated, the others what is on hand; `quantity` is negative where it " +
      "becomes less. An entry names the order, the purchase order, the shipment, the return or the count that caused " +
      "it, as far as that was recorded.",
    query: { limit: limit(1000, 100), cursor },
    body: none,
    data: array(stockTransaction),
    paged: true,
    cache: "until-commit",
    refusals: ["not-found"],
    handle: ({ path: { product_id }, query }) => transactionsPage(database, product_id, query),
  });
}

function adjustmentRoute({ database, company }: Api): Route {
  return route({
    method: "POST",
    path: "/api/stock/adjustments",
    right: "write-stock",
    tag,
    summary: "Adjust the stock of a product, or write goods off as waste, with the reason",
    description:
      "What comes in goes to the orders that wait for it, those with the oldest order date first, in the same write. " +
      "What orders hold cannot be taken away.",
    query: { dry_run: dryRun },
    body: adjustment,
    data: stock,
    refusals: ["reference", "rule", "state"],
    async handle({ body, query, context }) {
      const waiting = await WaitingOrders.of(database, [body.product_id]);
      return runWrite(database, context, query.dry_run, async (tx) => {
        const principal = context.principal.name;
        const { before, after, further } = await adjustStock(tx, body, waiting, { company, principal });
        const change = { resource: "stock", id: body.product_id, version: null, before, after } as const;
        return { answer: ok("Stock adjusted", after), change, further };
      });
    },
  });
}
