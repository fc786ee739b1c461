-- Stock: what is on hand, reserved, on order and missing, per product, beside the ledger that says why. A product whose
-- stock is not kept is sold and shipped as before. docs/decisions/0114-stock.md

INSERT INTO inventory_transaction_types (id, type_name)
SELECT * FROM (
  SELECT 5 AS id, 'Returned' AS type_name
  UNION ALL SELECT 6, 'Adjusted'
  UNION ALL SELECT 7, 'Released'
) AS added WHERE NOT EXISTS (SELECT 1 FROM inventory_transaction_types AS t WHERE t.id = added.id);

INSERT INTO orders_status (id, status_name)
SELECT 4, 'Cancelled' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM orders_status WHERE id = 4);

-- Who made an entry, and for which detail. The detail may be gone: an entry never changes.
ALTER TABLE inventory_transactions MODIFY quantity DECIMAL(19,4) NOT NULL DEFAULT 0 AFTER comments;
ALTER TABLE inventory_transactions ADD COLUMN IF NOT EXISTS order_detail_id INT NULL;
ALTER TABLE inventory_transactions ADD COLUMN IF NOT EXISTS principal VARCHAR(100) NULL;
ALTER TABLE inventory_transactions ADD INDEX IF NOT EXISTS inventory_transactions_of_product (product_id, id);

-- shipped + allocated + open = quantity, always.
ALTER TABLE order_details ADD COLUMN IF NOT EXISTS allocated DECIMAL(19,4) NOT NULL DEFAULT 0;
ALTER TABLE order_details ADD COLUMN IF NOT EXISTS shipped DECIMAL(19,4) NOT NULL DEFAULT 0;
ALTER TABLE order_details ADD COLUMN IF NOT EXISTS invoiced DECIMAL(19,4) NOT NULL DEFAULT 0;
ALTER TABLE order_details ADD COLUMN IF NOT EXISTS returned DECIMAL(19,4) NOT NULL DEFAULT 0;

ALTER TABLE products ADD COLUMN IF NOT EXISTS stocked TINYINT(1) NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN IF NOT EXISTS sold_in_fractions TINYINT(1) NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN IF NOT EXISTS location VARCHAR(50) NULL;

-- Whether an order waits until all of it is there ('complete'), ships what is there ('partial'), or waits for a decision
-- ('ask'). An order without a policy follows its customer, a customer without one the company.
ALTER TABLE company ADD COLUMN IF NOT EXISTS shipping_policy VARCHAR(20) NOT NULL DEFAULT 'partial';
ALTER TABLE company ADD COLUMN IF NOT EXISTS invoicing_policy VARCHAR(20) NOT NULL DEFAULT 'before-shipment';
ALTER TABLE company ADD COLUMN IF NOT EXISTS over_receipt_tolerance DECIMAL(19,4) NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN IF NOT EXISTS shipping_policy VARCHAR(20) NULL;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS shipping_policy VARCHAR(20) NULL;

-- A voided invoice stays, and counts in no report.
ALTER TABLE invoices ADD COLUMN IF NOT EXISTS voided_date DATETIME NULL;

-- The balances of the ledger and of the details, changed in the transaction that writes these. to_reorder and low follow
-- from them and from the levels of the product, so that the reorder list reads an index.
CREATE TABLE IF NOT EXISTS product_stock (
  product_id INT NOT NULL PRIMARY KEY,
  on_hand DECIMAL(19,4) NOT NULL DEFAULT 0,
  allocated DECIMAL(19,4) NOT NULL DEFAULT 0,
  on_order DECIMAL(19,4) NOT NULL DEFAULT 0,
  back_ordered DECIMAL(19,4) NOT NULL DEFAULT 0,
  to_reorder DECIMAL(19,4) NOT NULL DEFAULT 0,
  low TINYINT(1) NOT NULL DEFAULT 0,
  KEY product_stock_to_reorder (to_reorder, product_id),
  KEY product_stock_low (low, product_id),
  CONSTRAINT product_stock_on_hand CHECK (on_hand >= 0),
  CONSTRAINT product_stock_allocated CHECK (allocated >= 0 AND allocated <= on_hand),
  CONSTRAINT product_stock_on_order CHECK (on_order >= 0),
  CONSTRAINT product_stock_back_ordered CHECK (back_ordered >= 0),
  CONSTRAINT product_stock_of_products FOREIGN KEY (product_id) REFERENCES products (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- Whoever kept a ledger keeps stock. A database without a single entry never did, and nothing of it becomes short.
UPDATE products SET stocked = 1
WHERE (SELECT COUNT(*) FROM inventory_transactions) > 0
  AND (reorder_level IS NOT NULL OR target_level IS NOT NULL
    OR id IN (SELECT t.product_id FROM inventory_transactions AS t));

-- What the statuses of Access say in quantities. Its entry Sold means that the goods are out of the stock, and what is
-- called shipped, an order or a detail, waits for nothing. In steps of 10,000 ids, each committed by itself.
BEGIN NOT ATOMIC
  DECLARE done INT DEFAULT (SELECT MIN(id) - 1 FROM order_details);
  DECLARE last_id INT DEFAULT (SELECT MAX(id) FROM order_details);
  WHILE done < last_id DO
    UPDATE order_details d JOIN orders o ON o.id = d.order_id LEFT JOIN inventory_transactions t ON t.id = d.inventory_id
    SET d.shipped = CASE WHEN o.status_id IN (2, 3) OR d.status_id = 3 OR t.transaction_type = 2
        THEN d.quantity ELSE 0 END,
      d.invoiced = CASE WHEN o.status_id IN (1, 2, 3) OR d.status_id IN (2, 3) THEN d.quantity ELSE 0 END,
      d.allocated = CASE WHEN o.status_id IN (2, 3) OR d.status_id = 3 OR t.id IS NULL OR t.transaction_type <> 3
        THEN 0 ELSE LEAST(t.quantity, d.quantity) END
    WHERE d.id > done AND d.id <= done + 10000;
    SET done = LEAST(done + 10000, last_id);
  END WHILE;
END;

-- A balance that the ledger itself has below zero begins at zero: the proof of the stock names it.
INSERT IGNORE INTO product_stock (product_id, on_hand, allocated, on_order, back_ordered)
SELECT s.id, s.on_hand, LEAST(s.held, s.on_hand), s.on_order, s.back_ordered FROM (
  SELECT p.id,
    GREATEST(0, COALESCE((SELECT SUM(CASE t.transaction_type WHEN 1 THEN t.quantity WHEN 2 THEN -t.quantity
      WHEN 4 THEN -t.quantity ELSE 0 END) FROM inventory_transactions t WHERE t.product_id = p.id), 0)) AS on_hand,
    COALESCE((SELECT SUM(t.quantity) FROM inventory_transactions t
      WHERE t.product_id = p.id AND t.transaction_type = 3), 0) AS held,
    COALESCE((SELECT SUM(d.quantity) FROM purchase_order_details d
      WHERE d.product_id = p.id AND d.posted_to_inventory = 0), 0) AS on_order,
    COALESCE((SELECT SUM(d.quantity - d.shipped - d.allocated) FROM order_details d JOIN orders o ON o.id = d.order_id
      WHERE d.product_id = p.id AND COALESCE(o.status_id, 0) IN (0, 1)), 0) AS back_ordered
  FROM products p WHERE p.stocked = 1
) AS s;

UPDATE product_stock s JOIN products p ON p.id = s.product_id
SET s.low = s.on_hand - s.allocated + s.on_order - s.back_ordered < COALESCE(p.reorder_level, 0),
  s.to_reorder = CASE
    WHEN COALESCE(p.target_level, 0) > s.on_hand - s.allocated + s.on_order - s.back_ordered
    THEN GREATEST(COALESCE(p.target_level, 0) - (s.on_hand - s.allocated + s.on_order - s.back_ordered),
      COALESCE(p.minimum_reorder_quantity, 0))
    ELSE 0 END;
