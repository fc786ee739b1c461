import { sql } from "northwind-schema/sql";

export const productsOfOrder = sql(`
  SELECT DISTINCT product_id FROM order_details WHERE order_id = :order_id AND product_id IS NOT NULL ORDER BY product_id
`);

/** The shipping policies of an order and of its customer. */
export const policiesOfOrder = sql(`
  SELECT o.shipping_policy AS of_order, c.shipping_policy AS of_customer
  FROM orders o LEFT JOIN customers c ON c.id = o.customer_id WHERE o.id = :id
`);

/** How often goods of an order have left the stock (2 is Sold), whether or not it is kept now. */
export const salesOfOrder = sql(`
  SELECT COUNT(*) AS sales FROM inventory_transactions WHERE customer_order_id = :order_id AND transaction_type = 2
`);

/** What an action does to an order. */
export const moveOrder = sql(`
  UPDATE orders SET status_id = :status_id, shipped_date = :shipped_date, shipper_id = :shipper_id, version = version + 1
  WHERE id = :id AND version = :version
`);

/** Which of these purchase orders still owe which products. */
export const owedOfPurchases = sql(`
  SELECT d.purchase_order_id, d.product_id FROM purchase_order_details d JOIN purchase_orders p ON p.id = d.purchase_order_id
  WHERE d.purchase_order_id IN (:ids...) AND d.quantity > d.received AND (p.status_id IN (0, 1, 2) OR p.status_id IS NULL)
`);

/** Who sells products and what they cost, of each the preferred supplier first: one row with nulls if nobody does. */
export const sellersOfProducts = sql(`
  SELECT p.id AS product_id, p.discontinued, p.standard_cost, s.supplier_id, s.unit_cost
  FROM products p LEFT JOIN product_suppliers s ON s.product_id = p.id
  WHERE p.id IN (:product_ids...) ORDER BY p.id, s.position, s.supplier_id
`);
