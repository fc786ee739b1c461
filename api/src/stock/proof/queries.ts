// Statements of the proof. Each compares in itself, so that it sees one state of the database, whatever others write
// meanwhile; each reads a part, so that none takes long.
import { sql } from "northwind-schema/sql";

/** The balances of products, and what ledger, details and purchase orders say of them. */
export const balancesWithSums = sql(`
  SELECT p.id, p.reorder_level, p.target_level, p.minimum_reorder_quantity, s.product_id AS stored,
    s.on_hand, s.allocated, s.on_order, s.back_ordered, s.to_reorder, s.low,
    (SELECT SUM(CASE WHEN t.transaction_type IN (1, 5, 6) THEN t.quantity WHEN t.transaction_type IN (2, 4)
      THEN -t.quantity ELSE 0 END) FROM inventory_transactions t WHERE t.product_id = p.id) AS ledger_on_hand,
    (SELECT SUM(CASE WHEN t.transaction_type = 3 THEN t.quantity ELSE -t.quantity END)
      FROM inventory_transactions t WHERE t.product_id = p.id AND t.transaction_type IN (3, 7)) AS ledger_allocated,
    (SELECT SUM(d.allocated) FROM order_details d WHERE d.product_id = p.id) AS held,
    (SELECT SUM(d.quantity - d.shipped - d.allocated) FROM order_details d JOIN orders o ON o.id = d.order_id
      WHERE d.product_id = p.id AND (o.status_id IN (0, 1) OR o.status_id IS NULL)) AS open,
    (SELECT SUM(r.quantity - r.received) FROM purchase_order_details r
      JOIN purchase_orders u ON u.id = r.purchase_order_id
      WHERE r.product_id = p.id AND r.quantity > r.received
        AND (u.status_id IN (0, 1, 2) OR u.status_id IS NULL)) AS owed
  FROM products p LEFT JOIN product_stock s ON s.product_id = p.id
  WHERE p.stocked = TRUE AND p.id > :after ORDER BY p.id LIMIT :rows
`);

/**
 * Details of which the ledger holds another quantity than they say. An older entry is that of the detail naming it.
 * Scans h: the sums of all details of these products are compared.
 */
export const otherwiseHeld = sql(`
  SELECT h.product_id, h.order_detail_id, h.entry_id, h.held, d.id AS found, d.allocated, d.quantity
  FROM (
    SELECT t.product_id, COALESCE(t.order_detail_id, l.id) AS order_detail_id, MIN(t.id) AS entry_id,
      SUM(CASE WHEN t.transaction_type = 3 THEN t.quantity ELSE -t.quantity END) AS held
    FROM inventory_transactions t LEFT JOIN order_details l ON l.inventory_id = t.id AND t.order_detail_id IS NULL
    WHERE t.product_id >= :first AND t.product_id <= :last AND t.transaction_type IN (3, 7)
      AND (t.order_detail_id IS NOT NULL OR l.id IS NOT NULL)
    GROUP BY t.product_id, COALESCE(t.order_detail_id, l.id)
  ) AS h
  LEFT JOIN order_details d ON d.id = h.order_detail_id AND d.product_id = h.product_id
  WHERE h.held <> COALESCE(d.allocated, 0)
  ORDER BY h.product_id, h.order_detail_id
`);

/** Goods that were sold or held for no detail that there is. */
export const entriesWithoutDetail = sql(`
  SELECT t.id, t.product_id, t.transaction_type, t.quantity
  FROM inventory_transactions t LEFT JOIN order_details l ON l.inventory_id = t.id
  WHERE t.product_id >= :first AND t.product_id <= :last AND t.transaction_type IN (2, 3)
    AND t.order_detail_id IS NULL AND l.id IS NULL
  ORDER BY t.id
`);

/** Entries that do not say which order or purchase order moved the goods. */
export const entriesWithoutCause = sql(`
  SELECT t.id, t.transaction_type FROM inventory_transactions t
  WHERE t.id > :after AND t.id <= :until AND t.transaction_type IN (1, 2, 3, 5, 7)
    AND t.customer_order_id IS NULL AND t.purchase_order_id IS NULL AND t.order_detail_id IS NULL
    AND t.shipment_id IS NULL AND t.order_return_id IS NULL AND t.stock_count_id IS NULL
  ORDER BY t.id
`);

/** Details that shipped, hold or took back more than they can. */
export const wrongDetails = sql(`
  SELECT d.id, d.order_id, d.quantity, d.allocated, d.shipped, d.returned FROM order_details d
  WHERE d.id > :after AND d.id <= :until AND (d.shipped + d.allocated > d.quantity OR d.returned > d.shipped
    OR d.shipped < 0 OR d.allocated < 0 OR d.returned < 0)
  ORDER BY d.id
`);

/** Details of which another quantity has come back than their returns say. */
export const otherwiseReturned = sql(`
  SELECT d.id, d.order_id, d.returned,
    (SELECT SUM(c.quantity) FROM order_return_details c WHERE c.order_detail_id = d.id) AS came_back
  FROM order_details d
  WHERE d.id > :after AND d.id <= :until
    AND d.returned <> COALESCE((SELECT SUM(c.quantity) FROM order_return_details c WHERE c.order_detail_id = d.id), 0)
  ORDER BY d.id
`);

/**
 * Returns of which the ledger took in another quantity than they say. One of a product whose stock was not kept left no
 * entry. Scans h: the sums of the entries of these returns are compared.
 */
export const otherwiseTakenBack = sql(`
  SELECT h.id, h.order_detail_id, h.quantity,
    (SELECT SUM(c.quantity) FROM order_return_details c
      WHERE c.order_return_id = h.id AND c.order_detail_id = h.order_detail_id) AS came_back
  FROM (
    SELECT t.order_return_id AS id, t.order_detail_id, SUM(t.quantity) AS quantity FROM inventory_transactions t
    WHERE t.order_return_id > :after AND t.order_return_id <= :until AND t.transaction_type = 5
    GROUP BY t.order_return_id, t.order_detail_id
  ) AS h
  WHERE h.quantity <> COALESCE((SELECT SUM(c.quantity) FROM order_return_details c
    WHERE c.order_return_id = h.id AND c.order_detail_id = h.order_detail_id), 0)
  ORDER BY h.id, h.order_detail_id
`);

/** Counts of which the ledger booked another quantity than was counted more or less; nothing, unless it is approved. */
export const otherwiseCounted = sql(`
  SELECT c.id, c.status, d.product_id, d.expected, d.counted,
    (SELECT SUM(t.quantity) FROM inventory_transactions t
      WHERE t.stock_count_id = c.id AND t.product_id = d.product_id AND t.transaction_type = 6) AS booked
  FROM stock_counts c JOIN stock_count_details d ON d.stock_count_id = c.id
  WHERE c.id > :after AND c.id <= :until
    AND COALESCE((SELECT SUM(t.quantity) FROM inventory_transactions t
      WHERE t.stock_count_id = c.id AND t.product_id = d.product_id AND t.transaction_type = 6), 0)
    <> CASE WHEN c.status = 'approved' AND d.counted IS NOT NULL THEN d.counted - d.expected ELSE 0 END
  ORDER BY c.id, d.product_id
`);

/** Orders without details whose status or dates say that goods moved, and those that only other programs wrote. */
export const emptyOrders = sql(`
  SELECT o.id, o.status_id, o.shipped_date FROM orders o
  WHERE o.id > :after AND o.id <= :until AND COALESCE(o.status_id, 0) <> 4
    AND NOT EXISTS (SELECT 1 FROM order_details d WHERE d.order_id = o.id)
    AND (o.status_id IN (2, 3) OR o.shipped_date IS NOT NULL
      OR NOT EXISTS (SELECT 1 FROM audit_log a WHERE a.resource = 'order' AND a.resource_id = o.id AND a.sequence = 1))
  ORDER BY o.id
`);

/** Orders that are new, and yet shipped and paid. */
export const newButShipped = sql(`
  SELECT o.id FROM orders o
  WHERE o.id > :after AND o.id <= :until AND (o.status_id = 0 OR o.status_id IS NULL)
    AND o.shipped_date IS NOT NULL AND o.paid_date IS NOT NULL
  ORDER BY o.id
`);

/**
 * Orders that are new, and yet have an invoice that counts; but for those of which something is invoiced with a part
 * shipment: of a taken-over one not all of it.
 */
export const newButInvoiced = sql(`
  SELECT o.id, MIN(i.id) AS invoice_id FROM orders o JOIN invoices i ON i.order_id = o.id
  WHERE o.id > :after AND o.id <= :until AND (o.status_id = 0 OR o.status_id IS NULL) AND i.voided_date IS NULL
    AND (NOT EXISTS (SELECT 1 FROM order_details d WHERE d.order_id = o.id AND d.invoiced > 0)
      OR NOT EXISTS (SELECT 1 FROM order_details d WHERE d.order_id = o.id AND d.invoiced < d.quantity)
        AND NOT EXISTS (SELECT 1 FROM audit_log a
          WHERE a.resource = 'order' AND a.resource_id = o.id AND a.sequence = 1 AND a.action = 'create'))
  GROUP BY o.id ORDER BY o.id
`);

/** Orders before which a number is missing, with the order before that; all of other programs, which log nothing. */
export const ordersAfterGaps = sql(`
  SELECT o.id, (SELECT MAX(p.id) FROM orders p WHERE p.id < o.id) AS previous FROM orders o
  WHERE o.id > :after AND o.id <= :until AND NOT EXISTS (SELECT 1 FROM orders p WHERE p.id = o.id - 1)
    AND NOT EXISTS (SELECT 1 FROM audit_log a
      WHERE a.resource = 'order' AND a.resource_id = o.id AND a.sequence = 1 AND a.action = 'create')
  ORDER BY o.id
`);

/** Orders of some numbers that were made by this program, whether or not they are still there. */
export const loggedOrders = sql(`
  SELECT a.resource_id FROM audit_log a
  WHERE a.resource = 'order' AND a.resource_id >= :first AND a.resource_id <= :last AND a.sequence = 1
  ORDER BY a.resource_id
`);

export const productCodes = sql(`
  SELECT p.id, p.product_code FROM products p WHERE p.id > :after ORDER BY p.id LIMIT :rows
`);

/** The largest ids: what is read in parts ends there. */
export const largestIds = sql(`
  SELECT (SELECT MAX(id) FROM orders) AS orders, (SELECT MAX(id) FROM order_details) AS order_details,
    (SELECT MAX(id) FROM inventory_transactions) AS inventory_transactions,
    (SELECT MAX(id) FROM order_returns) AS order_returns,
    (SELECT MAX(id) FROM stock_counts) AS stock_counts
`);
