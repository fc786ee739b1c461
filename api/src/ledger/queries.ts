import { sql } from "northwind-schema/sql";

/** The levels of products: they stay until the transaction ends. Runs before the balances are locked, in this order. */
export const lockLevels = sql(`
  SELECT id, stocked, sold_in_fractions, reorder_level, target_level, minimum_reorder_quantity FROM products
  WHERE id IN (:ids...) AND stocked = TRUE ORDER BY id LOCK IN SHARE MODE
`);

/** Every transaction that moves stock locks the balances in the order of their products, so that none waits in a circle. */
export const lockBalances = sql(`
  SELECT product_id, on_hand, allocated, on_order, back_ordered, to_reorder, low FROM product_stock
  WHERE product_id IN (:ids...) ORDER BY product_id FOR UPDATE
`);

/** New quantities of a balance, with what follows from them. Many such rows are one statement on MariaDB. */
export const writeBalance = sql(`
  INSERT INTO product_stock (product_id, on_hand, allocated, on_order, back_ordered, to_reorder, low)
  VALUES (:product_id, :on_hand, :allocated, :on_order, :back_ordered, :to_reorder, :low)
  ON CONFLICT (product_id) DO UPDATE SET on_hand = excluded.on_hand, allocated = excluded.allocated,
    on_order = excluded.on_order, back_ordered = excluded.back_ordered, to_reorder = excluded.to_reorder,
    low = excluded.low
`);

/** The same for a balance of which nothing has to be reordered, before and after: SQLite leaves the indexes alone. */
export const writeQuantities = sql(`
  INSERT INTO product_stock (product_id, on_hand, allocated, on_order, back_ordered)
  VALUES (:product_id, :on_hand, :allocated, :on_order, :back_ordered)
  ON CONFLICT (product_id) DO UPDATE SET on_hand = excluded.on_hand, allocated = excluded.allocated,
    on_order = excluded.on_order, back_ordered = excluded.back_ordered
`);

export const deleteBalance = sql(`DELETE FROM product_stock WHERE product_id = :product_id`);

/**
 * The largest quantities of a product that are open and owed, and of how many details: their sums can be beyond what
 * SQLite can add up, as nothing limits the quantities of a product whose stock is not kept.
 */
export const largestOpen = sql(`
  SELECT MAX(d.quantity - d.shipped - d.allocated) AS largest, COUNT(*) AS details
  FROM order_details d JOIN orders o ON o.id = d.order_id
  WHERE d.product_id = :product_id AND (o.status_id IN (0, 1) OR o.status_id IS NULL)
`);

export const largestOwed = sql(`
  SELECT MAX(d.quantity - d.received) AS largest, COUNT(*) AS details
  FROM purchase_order_details d JOIN purchase_orders p ON p.id = d.purchase_order_id
  WHERE d.product_id = :product_id AND d.quantity > d.received AND (p.status_id IN (0, 1, 2) OR p.status_id IS NULL)
`);

/** What of a product is still open when its stock begins to be kept: customers wait for it. */
export const openQuantity = sql(`
  SELECT SUM(d.quantity - d.shipped - d.allocated) AS open FROM order_details d JOIN orders o ON o.id = d.order_id
  WHERE d.product_id = :product_id AND (o.status_id IN (0, 1) OR o.status_id IS NULL)
`);

/** What suppliers still owe of a product. */
export const owedQuantity = sql(`
  SELECT SUM(d.quantity - d.received) AS owed
  FROM purchase_order_details d JOIN purchase_orders p ON p.id = d.purchase_order_id
  WHERE d.product_id = :product_id AND d.quantity > d.received AND (p.status_id IN (0, 1, 2) OR p.status_id IS NULL)
`);

export const insertEntry = sql(`
  INSERT INTO inventory_transactions (transaction_type, transaction_created_date, transaction_modified_date, product_id,
    quantity, comments, principal, customer_order_id, order_detail_id, purchase_order_id, purchase_order_detail_id,
    shipment_id, order_return_id, stock_count_id)
  VALUES (:transaction_type, :created_date, :created_date, :product_id, :quantity, :comments, :principal, :order_id,
    :order_detail_id, :purchase_order_id, :purchase_order_detail_id, :shipment_id, :order_return_id, :stock_count_id)
`);
