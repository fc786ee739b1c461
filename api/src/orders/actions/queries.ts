import { sql } from "northwind-schema/sql";

export const productsOfOrder = sql(`
  SELECT DISTINCT product_id FROM order_details WHERE order_id = :order_id AND product_id IS NOT NULL ORDER BY product_id
`);

/** The stock of those of the products whose stock is kept. */
export const balancesOfProducts = sql(`
  SELECT product_id, on_hand, allocated FROM product_stock WHERE product_id IN (:product_ids...)
`);

/** The shipping policies of an order and of its customer. */
export const policiesOfOrder = sql(`
  SELECT o.shipping_policy AS of_order, c.shipping_policy AS of_customer
  FROM orders o LEFT JOIN customers c ON c.id = o.customer_id WHERE o.id = :id
`);

/** What an action does to an order. */
export const moveOrder = sql(`
  UPDATE orders SET status_id = :status_id, shipped_date = :shipped_date, shipper_id = :shipper_id, version = version + 1
  WHERE id = :id AND version = :version
`);
