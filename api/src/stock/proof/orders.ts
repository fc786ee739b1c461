// What the proof finds about orders, their details and the entries of the ledger, row by row.
import type { Database } from "sqlproof";
import { zero } from "../../contract/decimal.ts";
import { amount, type Fault } from "./fault.ts";
import {
  emptyOrders,
  entriesWithoutCause,
  largestIds,
  loggedOrders,
  newButInvoiced,
  newButShipped,
  ordersAfterGaps,
  otherwiseCounted,
  otherwiseReturned,
  otherwiseTakenBack,
  wrongDetails,
} from "./queries.ts";

/** The ids of a part of a table: greater than `after`, and `until` at most. */
interface Range {
  readonly after: number;
  readonly until: number;
}

const rowsAtOnce = 100_000;

/** The faults of single rows, in parts. */
export async function* rowFaults(db: Database): AsyncGenerator<readonly Fault[]> {
  const largest = await db.one(largestIds);
  const parts = [
    [largest.orders, orderFaults],
    [largest.order_details, detailFaults],
    [largest.order_returns, returnFaults],
    [largest.stock_counts, countFaults],
    [largest.inventory_transactions, entryFaults],
  ] as const;
  for (const [last, faultsOf] of parts)
    for (let after = 0; after < (last ?? 0); after += rowsAtOnce)
      yield await faultsOf(db, { after, until: after + rowsAtOnce });
}

async function orderFaults(db: Database, range: Range): Promise<readonly Fault[]> {
  const fault = (code: Fault["code"], id: number, message: string): Fault => ({ code, table: "orders", id, message });
  const empty = await db.all(emptyOrders, range);
  const shipped = await db.all(newButShipped, range);
  const invoiced = await db.all(newButInvoiced, range);
  return [
    ...empty.map(({ id, status_id, shipped_date }) => {
      const moved = status_id === 2 || status_id === 3 || shipped_date !== null;
      const but = moved
        ? ", although its status or its dates say that goods moved"
        : " and was only written by other programs";
      return fault("order-without-details", id, `Order ${id} has no details${but}.`);
    }),
    ...shipped.map(({ id }) => fault("order-new-but-shipped", id, `Order ${id} is new, yet shipped and paid.`)),
    ...invoiced.map(({ id, invoice_id }) =>
      fault("order-new-but-invoiced", id, `Order ${id} is new, yet has invoice ${invoice_id}.`),
    ),
    ...(await gapFaults(db, range)),
  ];
}

/** Numbers that are missing between orders of other programs, which do not leave numbers out; ours sometimes do. */
async function gapFaults(db: Database, range: Range): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const { id, previous } of await db.all(ordersAfterGaps, range)) {
    if (previous === null) continue;
    // An order of this program, also one that is deleted, leaves an entry in the audit log.
    const logged = await db.all(loggedOrders, { first: previous, last: id });
    const isOurs = new Set(logged.map(({ resource_id }) => resource_id));
    if (isOurs.has(previous)) continue;
    for (const [first, last] of runsBetween(previous, id, isOurs)) {
      const which = first === last ? `Order ${first} is` : `The orders ${first} to ${last} are`;
      faults.push({ code: "orders-missing", table: "orders", id: first, message: `${which} missing.` });
    }
  }
  return faults;
}

/** The runs of numbers between two, without some. */
function runsBetween(from: number, to: number, without: ReadonlySet<number>): readonly (readonly [number, number])[] {
  const ends = [...[...without].filter((one) => one > from && one < to), to].sort((a, b) => a - b);
  let first = from + 1;
  return ends.flatMap((end) => {
    const run = [first, end - 1] as const;
    first = end + 1;
    return run[0] <= run[1] ? [run] : [];
  });
}

async function detailFaults(db: Database, range: Range): Promise<readonly Fault[]> {
  const wrong = await db.all(wrongDetails, range);
  const otherwise = await db.all(otherwiseReturned, range);
  return [
    ...wrong.map(
      ({ id, order_id, quantity, allocated, shipped, returned }): Fault => ({
        ...{ code: "detail-quantities", table: "order_details", id },
        message:
          `Order detail ${id} of order ${order_id} wants ${amount(quantity)}, but ${amount(shipped)} are shipped, ` +
          `${amount(allocated)} allocated and ${amount(returned)} returned.`,
      }),
    ),
    ...otherwise.map(
      ({ id, order_id, returned, came_back }): Fault => ({
        ...{ code: "detail-returned", table: "order_details", id },
        message:
          `Order detail ${id} of order ${order_id} says that ${amount(returned)} have come back, its returns say ` +
          `${amount(came_back ?? zero)}.`,
      }),
    ),
  ];
}

async function returnFaults(db: Database, range: Range): Promise<readonly Fault[]> {
  return (await db.all(otherwiseTakenBack, range)).map(({ id, order_detail_id, quantity, came_back }) => ({
    ...{ code: "return-entries", table: "order_returns", id: id ?? 0 },
    message:
      `Return ${id} took ${amount(came_back ?? zero)} of order detail ${order_detail_id} back, but the ledger has ` +
      `${amount(quantity ?? zero)}.`,
  }));
}

async function countFaults(db: Database, range: Range): Promise<readonly Fault[]> {
  return (await db.all(otherwiseCounted, range)).map(({ id, status, product_id, expected, counted, booked }) => ({
    ...{ code: "count-entries", table: "stock_counts", id },
    message:
      `Count ${id} is ${status}, with ${counted === null ? "nothing" : amount(counted)} counted of product ` +
      `${product_id} where ${amount(expected)} were expected, but the ledger booked ${amount(booked ?? zero)}.`,
  }));
}

async function entryFaults(db: Database, range: Range): Promise<readonly Fault[]> {
  return (await db.all(entriesWithoutCause, range)).map(({ id }) => ({
    ...{ code: "entry-without-cause", table: "inventory_transactions", id },
    message: `Entry ${id} of the ledger carries no order and no purchase order.`,
  }));
}
