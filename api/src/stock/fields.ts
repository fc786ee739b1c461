// What the API shows of the stock of a product, and how it is adjusted.
import type { RowOf } from "sqlproof";
import { fromUnits, toUnits } from "../contract/decimal.ts";
import { object } from "../contract/object.ts";
import {
  array,
  boolean,
  dateTime,
  decimal,
  id,
  integer,
  name,
  nullable,
  type Of,
  oneOf,
  optional,
  text,
} from "../contract/schema.ts";
import { faultCodes, faultTables } from "./proof/fault.ts";
import type { stockByProducts } from "./queries.ts";

const level = nullable(integer({ min: 0, max: 2_147_483_647 }));

/** What a purchase order still has to bring of a product. */
const expectedReceipt = object("ExpectedReceipt", {
  purchase_order_id: id,
  expected_date: nullable(dateTime),
  quantity: decimal(),
});

/** The stock of a product. available = on_hand - allocated; all quantities have four places. */
export const stock = object("Stock", {
  product_id: id,
  product_code: nullable(text(25)),
  product_name: nullable(text(50)),
  location: nullable(text(50)),
  on_hand: decimal(),
  allocated: decimal(),
  available: decimal(),
  on_order: decimal(),
  back_ordered: decimal(),
  reorder_level: level,
  target_level: level,
  to_reorder: decimal(),
  low: boolean,
  expected_receipts: optional(array(expectedReceipt)),
});
export type Stock = Of<typeof stock>;

/** A stored balance as the API shows it. */
export function shownStock(row: RowOf<typeof stockByProducts>): Stock {
  const { product_id, product_code, product_name, location, on_hand, allocated, ...rest } = row;
  const available = fromUnits(toUnits(on_hand) - toUnits(allocated));
  return { product_id, product_code, product_name, location, on_hand, allocated, available, ...rest };
}

/**
 * An entry of the ledger. On Hold and Released change what is allocated, the others what is on hand; `quantity` is
 * negative where it becomes less. An entry names what caused it, as far as that was recorded.
 */
export const stockTransaction = object("StockTransaction", {
  id,
  type: text(50),
  quantity: decimal(),
  created_date: nullable(dateTime),
  principal: nullable(text(100)),
  comments: nullable(text(255)),
  order_id: nullable(id),
  order_detail_id: nullable(id),
  purchase_order_id: nullable(id),
  shipment_id: nullable(id),
  order_return_id: nullable(id),
  stock_count_id: nullable(id),
});
export type StockTransaction = Of<typeof stockTransaction>;

/** When so much of a product would be there for whoever asks now; null if nobody can say. */
export const stockPromise = object("StockPromise", {
  product_id: id,
  quantity: decimal(),
  promised_date: nullable(dateTime),
});
export type StockPromise = Of<typeof stockPromise>;

const count = integer({ min: 0, max: 2_147_483_647 });

/** What the proof of the stock found: each fault names its row. */
export const stockProof = object("StockProof", {
  products: count,
  total: count,
  faults: array(
    object("StockFault", {
      code: oneOf(faultCodes, "Must be the code of a fault."),
      table: oneOf(faultTables, "Must be a table."),
      id,
      message: text(1000),
    }),
  ),
  age_seconds: count,
});

/** Why stock is adjusted: goods were found or are missing, or are broken, spoiled or gone. */
const kinds = ["adjusted", "waste"] as const;

/** `quantity` is what comes (positive) or goes (negative); of waste it is what goes, and positive. */
export const adjustment = object("StockAdjustment", {
  product_id: id,
  type: oneOf(kinds, `Must be one of ${kinds.join(", ")}.`),
  quantity: decimal(),
  reason: name(255),
});
