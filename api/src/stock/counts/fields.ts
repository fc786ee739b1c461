// What the API shows of counts of the stock, and what it is sent for them.
import { object } from "../../contract/object.ts";
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
} from "../../contract/schema.ts";

/** The statuses of a count. People count while it is open. */
export const countStatuses = ["open", "approved", "cancelled"] as const;

/** What may be done with a count. */
export const actionNames = ["update", "approve", "cancel"] as const;
export type ActionName = (typeof actionNames)[number];

/** How many products a count sheet has at most. */
export const mostProducts = 1000;

const reason = name(255);
const principal = text(100);
const some = integer({ min: 0, max: 2_147_483_647 });

/** A product on a count sheet. difference = counted - expected, both of the moment when it was counted. */
const content = object("StockCountDetail", {
  product_id: id,
  product_code: nullable(text(25)),
  product_name: nullable(text(50)),
  location: nullable(text(50)),
  expected: decimal(),
  counted: nullable(decimal()),
  difference: nullable(decimal()),
  counted_date: nullable(dateTime),
  counted_principal: nullable(principal),
});

const action = object("StockCountAction", {
  action: oneOf(actionNames, `Must be one of ${actionNames.join(", ")}.`),
  allowed: boolean,
  unmet: array(object("StockCountCondition", { code: text(40), message: text(500), what_to_do: text(500) })),
});

/** A count. `products` and `counted` are how many it has, and how many of them have been counted. */
export const stockCount = object("StockCount", {
  id,
  status: text(20),
  reason,
  created_date: dateTime,
  created_principal: principal,
  approved_date: nullable(dateTime),
  approved_principal: nullable(principal),
  products: some,
  counted: some,
  stock_count_details: optional(array(content)),
  actions: optional(array(action)),
});
export type StockCount = Of<typeof stockCount>;

/** What is to be counted: these products, or all whose location begins with this text. */
export const stockCountCreate = object("StockCountCreate", {
  reason,
  product_ids: optional(array(id, mostProducts)),
  location: optional(name(50)),
});
export type StockCountCreate = Of<typeof stockCountCreate>;

/** What was counted of some products of the sheet; null takes it back. */
export const stockCountUpdate = object("StockCountUpdate", {
  reason: optional(reason),
  stock_count_details: optional(
    array(object("CountedProduct", { product_id: id, counted: nullable(decimal({ min: "0" })) }), mostProducts),
  ),
});
export type StockCountUpdate = Of<typeof stockCountUpdate>;
