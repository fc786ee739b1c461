import { sql } from "northwind-schema/sql";
import { isFound, nextById, nextByName, previousById, previousByName } from "../resources/page-conditions.ts";

const stockColumns = `s.product_id, p.product_code, p.product_name, p.location, s.on_hand, s.allocated, s.on_order,
  s.back_ordered, p.reorder_level, p.target_level, s.to_reorder, s.low`;

/** The stock of products, with what is to be reordered. */
export const stockByProducts = sql(`
  SELECT ${stockColumns} FROM product_stock s JOIN products p ON p.id = s.product_id
  WHERE s.product_id IN (:product_ids...)
`);

/** Products whose stock is kept: the index of their names leads, so that a page costs the same at any depth. */
const stocked = `products p JOIN product_stock s ON s.product_id = p.id`;

export const stockPages = {
  id: sql(`SELECT p.id, p.search_text FROM ${stocked} WHERE ${nextById}`),
  "-id": sql(`SELECT p.id, p.search_text FROM ${stocked} WHERE ${previousById}`),
  name: sql(`SELECT p.id, p.search_text FROM ${stocked} WHERE ${nextByName}`),
  "-name": sql(`SELECT p.id, p.search_text FROM ${stocked} WHERE ${previousByName}`),
};

/** Only what is, or is not, to be reordered: the indexes of the balances name it, however many other products there are. */
const reordered = `product_stock s CROSS JOIN products p
  WHERE p.id = s.product_id AND s.to_reorder BETWEEN :least AND :most`;
const nextStock = `s.product_id > :id AND ${isFound} ORDER BY s.product_id LIMIT :rows`;
const previousStock = `s.product_id < :id AND ${isFound} ORDER BY s.product_id DESC LIMIT :rows`;

export const stockPagesByReorder = {
  id: sql(`SELECT p.id, p.search_text FROM ${reordered} AND ${nextStock}`),
  "-id": sql(`SELECT p.id, p.search_text FROM ${reordered} AND ${previousStock}`),
  name: sql(`SELECT p.id, p.search_text FROM ${reordered} AND ${nextByName}`),
  "-name": sql(`SELECT p.id, p.search_text FROM ${reordered} AND ${previousByName}`),
};

const low = `${reordered} AND s.low = :low`;

export const stockPagesByLow = {
  id: sql(`SELECT p.id, p.search_text FROM ${low} AND ${nextStock}`),
  "-id": sql(`SELECT p.id, p.search_text FROM ${low} AND ${previousStock}`),
  name: sql(`SELECT p.id, p.search_text FROM ${low} AND ${nextByName}`),
  "-name": sql(`SELECT p.id, p.search_text FROM ${low} AND ${previousByName}`),
};

/** Only these products, with the other filters. */
const named = `product_stock s JOIN products p ON p.id = s.product_id
  WHERE s.product_id IN (:product_ids...) AND s.to_reorder BETWEEN :least AND :most
    AND (:low::boolean? IS NULL OR s.low = :low)`;

export const stockPagesOfProducts = {
  id: sql(`SELECT p.id, p.search_text FROM ${named} AND ${nextStock}`),
  "-id": sql(`SELECT p.id, p.search_text FROM ${named} AND ${previousStock}`),
  name: sql(`SELECT p.id, p.search_text FROM ${named} AND ${nextByName}`),
  "-name": sql(`SELECT p.id, p.search_text FROM ${named} AND ${previousByName}`),
};

/** The ledger of a product, the newest entries first. LEFT JOIN, or MariaDB begins with the types and sorts all entries. */
export const entriesOfProduct = sql(`
  SELECT t.id, t.transaction_type, y.type_name, t.quantity, t.transaction_created_date, t.principal, t.comments,
    t.customer_order_id, t.order_detail_id, t.purchase_order_id, t.shipment_id, t.order_return_id, t.stock_count_id
  FROM inventory_transactions t LEFT JOIN inventory_transaction_types y ON y.id = t.transaction_type
  WHERE t.product_id = :product_id AND t.id < :before ORDER BY t.id DESC LIMIT :rows
`);
