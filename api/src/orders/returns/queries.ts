import { sql } from "northwind-schema/sql";

const columns = `id, order_id, returned_date, reason, version`;

export const returnsByIds = sql(`SELECT ${columns} FROM order_returns WHERE id IN (:ids...)`);

export const returnsOfOrder = sql(`SELECT ${columns} FROM order_returns WHERE order_id = :order_id ORDER BY id`);

/** A page of returns from some days, the newest first, behind the place where the page before ended. */
export const returnPage = sql(`
  SELECT ${columns} FROM order_returns
  WHERE returned_date >= :from AND returned_date <= :before
    AND (returned_date < :before OR id < :before_id)
  ORDER BY returned_date DESC, id DESC LIMIT :rows
`);

/** What came back with returns: the products as they were sold, and where they lie now. */
export const contentsOfReturns = sql(`
  SELECT c.order_return_id, c.id, c.order_detail_id, c.quantity, c.disposition, d.product_id,
    CASE WHEN d.product_name IS NULL THEN p.product_code ELSE d.product_code END AS product_code,
    CASE WHEN d.product_name IS NULL THEN p.product_name ELSE d.product_name END AS product_name,
    CASE WHEN d.product_name IS NULL THEN p.quantity_per_unit ELSE d.quantity_per_unit END AS quantity_per_unit,
    p.location
  FROM order_return_details c JOIN order_details d ON d.id = c.order_detail_id
    LEFT JOIN products p ON p.id = d.product_id
  WHERE c.order_return_id IN (:order_return_ids...) ORDER BY c.order_return_id, c.id
`);

export const insertReturn = sql(`
  INSERT INTO order_returns (order_id, returned_date, reason) VALUES (:order_id, :returned_date, :reason)
  RETURNING ${columns}
`);

export const insertReturnDetail = sql(`
  INSERT INTO order_return_details (order_return_id, order_detail_id, quantity, disposition)
  VALUES (:order_return_id, :order_detail_id, :quantity, :disposition)
`);

export const takeBackDetail = sql(`UPDATE order_details SET returned = :returned WHERE id = :id`);
