// Counts of the stock: a sheet, what people counted, and the approval that makes the stock what was counted.
import type { Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { created, ok, okList } from "../../contract/answer.ts";
import { readCursor, writeCursor } from "../../contract/cursor.ts";
import { toUnits } from "../../contract/decimal.ts";
import { choices, cursor, largestId, limit, refuseCursor } from "../../contract/query-parameters.ts";
import { type Route, route } from "../../contract/route.ts";
import { array, none } from "../../contract/schema.ts";
import { dryRun, type WriteContext } from "../../contract/write-headers.ts";
import type { Principal } from "../../rights/principal.ts";
import type { Change } from "../../writes/audit/record.ts";
import { etagOf } from "../../writes/preconditions.ts";
import { runWrite } from "../../writes/run-write.ts";
import { approveCount, concernedBy } from "./approve.ts";
import { actionsOf, rightOf } from "./conditions.ts";
import { type ChangedCount, cancelCount, enterCount, makeCount, productsToCount } from "./counting.ts";
import { countStatuses, stockCount, stockCountCreate, stockCountUpdate } from "./fields.ts";
import { balancesOfCounted, countPages } from "./queries.ts";
import { countChange, countNotFound, detailedCount, plainCounts, readCount, type StoredCount } from "./read.ts";

const tag = "stock_counts";
const read = { method: "GET", right: "read-stock", tag, body: none } as const;
const declared = { tag, query: { dry_run: dryRun }, data: stockCount } as const;

/** The routes of counts. */
export function countRoutes(api: Api): readonly Route[] {
  return [listRoute(api), createRoute(api), getRoute(api), updateRoute(api), approveRoute(api), cancelRoute(api)];
}

function listRoute({ database }: Api): Route {
  return route({
    ...read,
    path: "/api/stock_counts",
    summary: "List counts of the stock, the newest first, without what is on their sheets",
    query: {
      status: choices(countStatuses, "Only counts in one of these statuses."),
      limit: limit(1000, 100),
      cursor,
    },
    data: array(stockCount),
    paged: true,
    cache: "until-commit",
    async handle({ query }) {
      const statuses = [...query.status].sort();
      const list = `counts ${statuses.join(" ")}`;
      const page = { before: query.cursor === null ? largestId : readKey(query.cursor, list), rows: query.limit + 1 };
      const ofStatus = (status: string) => database.all(countPages.ofStatus, { ...page, status });
      const found = statuses.length === 0 ? [await database.all(countPages.all, page)] : [];
      for (const status of statuses) found.push(await ofStatus(status));
      const sorted = found.flat().sort((one, other) => other.id - one.id);
      const rows = sorted.slice(0, query.limit);
      const last = sorted.length > rows.length ? rows.at(-1) : undefined;
      const next_cursor = last === undefined ? null : writeCursor([list, last.id]);
      return okList("Counts retrieved", await plainCounts(database, rows), { limit: query.limit, next_cursor });
    },
  });
}

function readKey(text: string, wanted: string): number {
  const [list, id, ...rest] = readCursor(text);
  if (list !== wanted || typeof id !== "number" || !Number.isSafeInteger(id) || rest.length > 0) throw refuseCursor();
  return id;
}

function createRoute({ database, company }: Api): Route {
  return route({
    ...{ ...declared, method: "POST", path: "/api/stock_counts", right: "write-stock", body: stockCountCreate },
    summary: "Make a count sheet of some products, or of all whose location begins with a text",
    description: "A product is on one open count at most.",
    status: 201,
    refusals: ["reference", "rule", "state"],
    async handle({ body, query, context }) {
      const products = await productsToCount(database, body);
      return runWrite(database, context, query.dry_run, async (tx) => {
        const by = { now: company.now(), principal: context.principal.name };
        const after = await makeCount(tx, body, products, by);
        const path = `/api/stock_counts/${after.row.id}`;
        const answer = created("Count sheet made", path, detailedCount(after), etagOf(after.row));
        return { answer, change: countChange(null, after) };
      });
    },
  });
}

function getRoute(api: Api): Route {
  const { database } = api;
  return route({
    ...read,
    path: "/api/stock_counts/{id}",
    summary: "Get a count with what is on its sheet, by location and name",
    query: {
      include: choices(
        ["actions"],
        "`actions`: what you may do with it now, and everything that stands against the rest.",
      ),
    },
    data: stockCount,
    personal: true,
    refusals: ["not-found"],
    async handle({ path: { id }, query, context: { principal } }) {
      const stored = await readCount(database, id);
      if (stored === null) throw countNotFound();
      const answer = ok("Count retrieved", detailedCount(stored), etagOf(stored.row));
      if (!query.include.has("actions")) return answer;
      const actions = await actionsTo(api, stored, principal);
      return { ...answer, data: { ...answer.data, actions }, showsOthers: true };
    },
  });
}

async function actionsTo({ database }: Api, stored: StoredCount, principal: Principal) {
  const product_ids = stored.details.map(({ product_id }) => product_id);
  const balances = product_ids.length === 0 ? [] : await database.all(balancesOfCounted, { product_ids });
  const onHand = new Map(balances.map(({ product_id, on_hand }) => [product_id, toUnits(on_hand)]));
  return actionsOf(stored, (product) => onHand.get(product) ?? null, principal);
}

function updateRoute({ database, company }: Api): Route {
  return route({
    ...{ ...declared, method: "PUT", path: "/api/stock_counts/{id}", right: rightOf.update, body: stockCountUpdate },
    summary: "Enter what was counted, or change the reason",
    description:
      "Products that are not named stay as they are. Enter a product when it has just been counted: `expected` becomes " +
      "what is on hand at that moment. The same number again changes nothing; null takes it back.",
    refusals: ["not-found", "precondition", "reference", "rule", "state"],
    handle: ({ path: { id }, body, query, context }) =>
      write(database, context, query.dry_run, "Count updated", (tx) =>
        enterCount(tx, { id, context, body }, company.now()),
      ),
  });
}

function approveRoute({ database, company }: Api): Route {
  return route({
    ...{ ...declared, method: "POST", path: "/api/stock_counts/{id}/approve", right: rightOf.approve, body: none },
    summary: "Make the stock what was counted",
    description:
      "Books the differences; what was not counted, and what has moved since it was counted, stays as it is. If orders " +
      "hold more than is there, those with the newest order date give it back; what was found goes to the orders that " +
      "wait for it, those with the oldest order date first, in the same write.",
    refusals: ["not-found", "precondition", "state"],
    async handle({ path: { id }, query, context }) {
      const concerned = await concernedBy(database, id);
      return write(database, context, query.dry_run, "Count approved", (tx) =>
        approveCount(tx, { id, context }, concerned, company),
      );
    },
  });
}

function cancelRoute({ database }: Api): Route {
  return route({
    ...{ ...declared, method: "POST", path: "/api/stock_counts/{id}/cancel", right: rightOf.cancel, body: none },
    summary: "Cancel a count; nothing of the stock changes",
    refusals: ["not-found", "precondition", "state"],
    handle: ({ path: { id }, query, context }) =>
      write(database, context, query.dry_run, "Count cancelled", (tx) => cancelCount(tx, { id, context })),
  });
}

function write(
  database: Api["database"],
  context: WriteContext,
  isDryRun: boolean,
  done: string,
  work: (tx: Transaction) => Promise<ChangedCount & { readonly further?: readonly Change[] }>,
) {
  return runWrite(database, context, isDryRun, async (tx) => {
    const { before, after, further = [] } = await work(tx);
    return {
      ...{ answer: ok(done, detailedCount(after), etagOf(after.row)), change: countChange(before, after), further },
    };
  });
}
