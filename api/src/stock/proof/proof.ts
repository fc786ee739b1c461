// The proof of the stock: the balances are the sums of the ledger and of what details hold, and no row contradicts
// another. A database that was taken over keeps its faults; the proof shows them.
import type { Database } from "sqlproof";
import type { Report } from "../../reports/report.ts";
import { Yielding } from "../../reports/yielding.ts";
import type { Fault } from "./fault.ts";
import { rowFaults } from "./orders.ts";
import { codeFaults, stockFaults } from "./products.ts";

/** What the proof looked at and found. */
export interface StockProof {
  /** How many products have been checked: those whose stock is kept. */
  readonly products: number;
  /** How many faults there are, of which `faults` has the first. */
  readonly total: number;
  readonly faults: readonly Fault[];
}

const mostFaults = 10_000;

/** Proves the stock of a database. Changes nothing. */
export async function proveStock(db: Database, signal: AbortSignal): Promise<StockProof> {
  const yielding = new Yielding(signal);
  const faults: Fault[] = [];
  let total = 0;
  let products = 0;
  const add = (found: readonly Fault[]) => {
    total += found.length;
    faults.push(...found.slice(0, mostFaults - faults.length));
  };
  for await (const part of stockFaults(db)) {
    products += part.products;
    add(part.faults);
    await yielding.yieldIfDue();
  }
  for await (const found of rowFaults(db)) {
    add(found);
    await yielding.yieldIfDue();
  }
  add(await codeFaults(db));
  return { products, total, faults };
}

export const proofReport: Report<null, StockProof> = {
  name: "stock-proof",
  make: (db, _request, signal) => proveStock(db, signal),
};
