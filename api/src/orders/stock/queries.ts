import { sql } from "northwind-schema/sql";

export const insertShipment = sql(`
  INSERT INTO shipments (order_id, shipper_id, shipped_date, tracking_number, notes)
  VALUES (:order_id, :shipper_id, :shipped_date, :tracking_number, :notes)
  RETURNING id
`);

export const insertShipmentDetail = sql(`
  INSERT INTO shipment_details (shipment_id, order_detail_id, quantity)
  VALUES (:shipment_id, :order_detail_id, :quantity)
`);

export const shipmentsOfOrder = sql(`SELECT id FROM shipments WHERE order_id = :order_id`);

export const deleteShipmentDetails = sql(`DELETE FROM shipment_details WHERE shipment_id IN (:shipment_ids...)`);

export const deleteShipments = sql(`DELETE FROM shipments WHERE id IN (:shipment_ids...)`);

/** What the invoices of an order that count ask for together. */
export const validInvoices = sql(`
  SELECT COUNT(*) AS invoices, SUM(tax) AS tax, SUM(shipping) AS shipping, SUM(amount_due) AS amount_due
  FROM invoices WHERE order_id = :order_id AND voided_date IS NULL
`);

export const insertInvoice = sql(`
  INSERT INTO invoices (order_id, invoice_date, due_date, tax, shipping, amount_due)
  VALUES (:order_id, :invoice_date, :due_date, :tax, :shipping, :amount_due)
`);

export const voidInvoices = sql(`
  UPDATE invoices SET voided_date = :voided_date WHERE order_id = :order_id AND voided_date IS NULL
`);

/** Columns and conditions of the details of open orders that wait for these products. */
const waiting = `d.id, d.order_id, d.position, o.order_date FROM order_details d JOIN orders o ON o.id = d.order_id
    WHERE d.product_id IN (:product_ids...) AND d.quantity > d.shipped + d.allocated
      AND (o.status_id IN (0, 1) OR o.status_id IS NULL)`;

/**
 * The details that wait for these products, those of the oldest orders first; one write looks at so many. Nearly all
 * details of a product are shipped (3): their status keeps them out, by the index. Other programs write some without a
 * status, which SQLite finds by the index only if they are asked for alone. Scans w: what waits, and nothing else.
 */
export const waitingDetails = sql(`
  SELECT w.id, w.order_id FROM (
    SELECT ${waiting} AND d.status_id IN (0, 1, 2, 4, 5)
    UNION ALL SELECT ${waiting} AND d.status_id IS NULL
  ) AS w
  ORDER BY w.order_date, w.order_id, w.position, w.id LIMIT 500
`);

/** The same with what each of them waits for; a promise looks at so many. */
export const waitingQuantities = sql(`
  SELECT d.id, d.product_id, d.quantity, d.shipped, d.allocated, d.invoiced, d.returned, d.purchase_order_id
  FROM order_details d JOIN orders o ON o.id = d.order_id
  WHERE d.product_id IN (:product_ids...) AND d.quantity > d.shipped + d.allocated
    AND (o.status_id IN (0, 1) OR o.status_id IS NULL)
  ORDER BY o.order_date, d.order_id, d.position, d.id LIMIT 2000
`);

/** What suppliers still owe of these products, what is expected first first. */
export const expectedReceipts = sql(`
  SELECT d.product_id, d.purchase_order_id, d.order_detail_id, d.quantity, d.received, p.expected_date
  FROM purchase_order_details d JOIN purchase_orders p ON p.id = d.purchase_order_id
  WHERE d.product_id IN (:product_ids...) AND d.quantity > d.received
    AND (p.status_id IN (0, 1, 2) OR p.status_id IS NULL)
  ORDER BY CASE WHEN p.expected_date IS NULL THEN 1 ELSE 0 END, p.expected_date, d.purchase_order_id, d.position, d.id
  LIMIT 2000
`);

/** The stock of those of the products whose stock is kept. */
export const balancesOfProducts = sql(`
  SELECT product_id, on_hand, allocated FROM product_stock WHERE product_id IN (:product_ids...)
`);

/** Those of these details that wait for goods, in the same order. */
export const waitingDetailsByIds = sql(`
  SELECT d.id, d.order_id, d.product_id FROM order_details d JOIN orders o ON o.id = d.order_id
  WHERE d.id IN (:ids...) AND d.quantity > d.shipped + d.allocated AND (o.status_id IN (0, 1) OR o.status_id IS NULL)
  ORDER BY o.order_date, d.order_id, d.position, d.id
`);

/** The details that hold these products, those of the newest orders first: the other way round. */
export const heldNewestFirst = sql(`
  SELECT d.id, d.order_id, d.product_id, d.allocated FROM order_details d JOIN orders o ON o.id = d.order_id
  WHERE d.product_id IN (:product_ids...) AND (d.status_id IN (0, 1, 2, 4, 5) OR d.status_id IS NULL)
    AND d.allocated > 0
  ORDER BY o.order_date DESC, d.order_id DESC, d.position DESC, d.id DESC
`);

/** What an action does to a detail. */
export const moveDetail = sql(`
  UPDATE order_details SET allocated = :allocated, shipped = :shipped, invoiced = :invoiced, status_id = :status_id,
    date_allocated = :date_allocated
  WHERE id = :id
`);

export const holdDetail = sql(`
  UPDATE order_details SET allocated = :allocated, status_id = :status_id, date_allocated = :date_allocated
  WHERE id = :id
`);
