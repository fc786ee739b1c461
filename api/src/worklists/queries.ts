import { sql } from "northwind-schema/sql";

// Each query lists at most 1,001 rows: the list shows 1,000 and knows whether there are more.

const columns = "o.id, o.order_date, o.status_id, c.company, c.first_name, c.last_name";
const isOpen = "(o.status_id IN (0, 1) OR o.status_id IS NULL)";
const isNew = "(o.status_id = 0 OR o.status_id IS NULL)";
const oldestFirst = "ORDER BY o.order_date, o.id LIMIT 1001";

/** Details of an order that wait for goods, with the balances of their products. */
const waiting = `FROM order_details d JOIN product_stock s ON s.product_id = d.product_id
    WHERE d.order_id = o.id AND d.quantity > d.shipped + d.allocated`;

/** Open orders that could hold more than they do. */
export const ordersToAllocate = sql(`
  SELECT ${columns} FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
  WHERE ${isOpen} AND EXISTS (SELECT d.id ${waiting} AND s.on_hand > s.allocated)
  ${oldestFirst}
`);

/** Open orders with a detail of whose product nothing is available. */
export const shortOrders = sql(`
  SELECT ${columns} FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
  WHERE ${isOpen} AND EXISTS (SELECT d.id ${waiting} AND s.on_hand = s.allocated)
  ${oldestFirst}
`);

/** New orders all of whose details are there. */
export const ordersToInvoice = sql(`
  SELECT ${columns} FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
  WHERE ${isNew} AND EXISTS (SELECT d.id FROM order_details d WHERE d.order_id = o.id) AND NOT EXISTS (SELECT d.id ${waiting})
  ${oldestFirst}
`);

/** What of an order can leave the house: what it holds, and what is open of a product whose stock is not kept. */
const ready = `FROM order_details d LEFT JOIN product_stock s ON s.product_id = d.product_id
    WHERE d.order_id = o.id AND (d.allocated > 0 OR (s.product_id IS NULL AND d.quantity > d.shipped))`;

/** Invoiced orders of which something can be shipped. */
export const invoicedOrdersToShip = sql(`
  SELECT ${columns} FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
  WHERE o.status_id = 1 AND EXISTS (SELECT d.id ${ready})
  ${oldestFirst}
`);

/** Open orders of which something can be shipped, for a company that writes invoices on shipment. */
export const openOrdersToShip = sql(`
  SELECT ${columns} FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
  WHERE ${isOpen} AND EXISTS (SELECT d.id ${ready})
  ${oldestFirst}
`);

/** Open orders placed at `before` or earlier that have no shipping date. */
export const lateOrders = sql(`
  SELECT ${columns} FROM orders o LEFT JOIN customers c ON c.id = o.customer_id
  WHERE ${isOpen} AND o.order_date <= :before::datetime AND o.shipped_date IS NULL
  ${oldestFirst}
`);

/** Purchase orders that somebody has submitted. */
export const purchaseOrdersToApprove = sql(`
  SELECT o.id, o.expected_date, o.status_id, s.company FROM purchase_orders o
  LEFT JOIN suppliers s ON s.id = o.supplier_id
  WHERE o.status_id = 1
  ORDER BY o.expected_date, o.id LIMIT 1001
`);

/** Approved purchase orders of which not everything has come in. */
export const purchaseOrdersToReceive = sql(`
  SELECT o.id, o.expected_date, o.status_id, s.company FROM purchase_orders o
  LEFT JOIN suppliers s ON s.id = o.supplier_id
  WHERE o.status_id = 2
    AND 0 < (
      SELECT COUNT(*) FROM purchase_order_details d WHERE d.purchase_order_id = o.id AND d.quantity > d.received
    )
  ORDER BY o.expected_date, o.id LIMIT 1001
`);

/** Products below their reorder level, none that is discontinued, as `GET /api/reorder` lists them. CROSS JOIN makes SQLite begin with these. */
export const productsToReorder = sql(`
  SELECT p.id, p.product_code, p.product_name, s.to_reorder FROM product_stock s CROSS JOIN products p
  WHERE s.low = TRUE AND p.id = s.product_id AND p.discontinued = FALSE
  ORDER BY s.product_id LIMIT 1001
`);

export const orderDates = sql(`SELECT id, order_date FROM orders WHERE id IN (:ids...)`);

export const expectedDates = sql(`SELECT id, expected_date FROM purchase_orders WHERE id IN (:ids...)`);
