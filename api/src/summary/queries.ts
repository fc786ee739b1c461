import { sql } from "northwind-schema/sql";

/** Counts orders placed at `before` or earlier that are new, without status or invoiced and have no shipping date. */
export const lateCount = sql(`
  SELECT COUNT(*) AS orders FROM orders
  WHERE (status_id IN (0, 1) OR status_id IS NULL) AND order_date <= :before::datetime AND shipped_date IS NULL
`);

/** The ten oldest late orders, the oldest first. */
export const lateOrders = sql(`
  SELECT o.id, o.order_date, o.status_id, o.customer_id, c.company, c.first_name, c.last_name
  FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
  WHERE (o.status_id IN (0, 1) OR o.status_id IS NULL) AND o.order_date <= :before::datetime AND o.shipped_date IS NULL
  ORDER BY o.order_date, o.id LIMIT 10
`);

export const newestOrders = sql(`
  SELECT o.id, o.order_date, o.status_id, o.customer_id, c.company, c.first_name, c.last_name
  FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
  ORDER BY o.id DESC LIMIT 10
`);

/**
 * The order details sold from `first` until before `end`. Equal details are counted together, so that there are few
 * rows even with many orders. CROSS JOIN makes SQLite search by date first.
 */
export const soldLines = sql(`
  SELECT d.quantity, d.unit_price, d.discount, COUNT(*) AS details
  FROM orders o CROSS JOIN order_details d
  WHERE o.order_date >= :first::datetime AND o.order_date < :end::datetime AND d.order_id = o.id
  GROUP BY d.quantity, d.unit_price, d.discount
`);

/** Every order detail sold from `first` until before `end`, with its customer. */
export const soldDetails = sql(`
  SELECT o.customer_id, d.product_id, d.quantity, d.unit_price, d.discount
  FROM orders o CROSS JOIN order_details d
  WHERE o.order_date >= :first::datetime AND o.order_date < :end::datetime AND d.order_id = o.id
`);

export const ordersPlaced = sql(`
  SELECT COUNT(*) AS orders FROM orders WHERE order_date >= :first::datetime AND order_date < :end::datetime
`);

export const customerNames = sql(`SELECT id, company, first_name, last_name FROM customers WHERE id IN (:ids...)`);

export const productNames = sql(`SELECT id, product_code, product_name FROM products WHERE id IN (:ids...)`);
