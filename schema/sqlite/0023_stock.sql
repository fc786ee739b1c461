-- Stock: what is on hand, reserved, on order and missing, per product, beside the ledger that says why. A product whose
-- stock is not kept is sold and shipped as before. docs/decisions/0114-stock.md

INSERT INTO inventory_transaction_types (id, type_name) VALUES (5, 'Returned'), (6, 'Adjusted'), (7, 'Released')
ON CONFLICT DO NOTHING;

INSERT INTO orders_status (id, status_name) VALUES (4, 'Cancelled') ON CONFLICT DO NOTHING;

-- Who made an entry, and for which detail. The detail may be gone: an entry never changes. Quantities have four places,
-- so they are whole numbers of ten-thousandths from now on.
DROP INDEX inventory_transactions_by_product;
ALTER TABLE inventory_transactions RENAME COLUMN quantity TO whole_quantity;
ALTER TABLE inventory_transactions ADD COLUMN quantity INTEGER NOT NULL DEFAULT 0;
UPDATE inventory_transactions SET quantity = whole_quantity * 10000;
ALTER TABLE inventory_transactions DROP COLUMN whole_quantity;
ALTER TABLE inventory_transactions ADD COLUMN order_detail_id INTEGER
  CHECK (order_detail_id BETWEEN -2147483648 AND 2147483647);
ALTER TABLE inventory_transactions ADD COLUMN principal TEXT CHECK (LENGTH(principal) <= 100);
CREATE INDEX inventory_transactions_by_product ON inventory_transactions (product_id, transaction_type, quantity);
CREATE INDEX inventory_transactions_of_product ON inventory_transactions (product_id);

-- shipped + allocated + open = quantity, always.
ALTER TABLE order_details ADD COLUMN allocated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_details ADD COLUMN shipped INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_details ADD COLUMN invoiced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_details ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;

ALTER TABLE products ADD COLUMN stocked INTEGER NOT NULL DEFAULT 0 CHECK (stocked IN (0, 1));
ALTER TABLE products ADD COLUMN sold_in_fractions INTEGER NOT NULL DEFAULT 0 CHECK (sold_in_fractions IN (0, 1));
ALTER TABLE products ADD COLUMN location TEXT CHECK (LENGTH(location) <= 50);

-- Whether an order waits until all of it is there ('complete'), ships what is there ('partial'), or waits for a decision
-- ('ask'). An order without a policy follows its customer, a customer without one the company.
ALTER TABLE company ADD COLUMN shipping_policy TEXT NOT NULL DEFAULT 'partial' CHECK (LENGTH(shipping_policy) <= 20);
ALTER TABLE company ADD COLUMN invoicing_policy TEXT NOT NULL DEFAULT 'before-shipment'
  CHECK (LENGTH(invoicing_policy) <= 20);
ALTER TABLE company ADD COLUMN over_receipt_tolerance INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN shipping_policy TEXT CHECK (LENGTH(shipping_policy) <= 20);
ALTER TABLE orders ADD COLUMN shipping_policy TEXT CHECK (LENGTH(shipping_policy) <= 20);

-- A voided invoice stays, and counts in no report.
ALTER TABLE invoices ADD COLUMN voided_date TEXT CHECK (voided_date IS datetime(voided_date));

-- The balances of the ledger and of the details, changed in the transaction that writes these. to_reorder and low follow
-- from them and from the levels of the product, so that the reorder list reads an index.
CREATE TABLE product_stock (
  product_id INT NOT NULL PRIMARY KEY CHECK (product_id BETWEEN -2147483648 AND 2147483647) REFERENCES products (id),
  on_hand INTEGER NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
  allocated INTEGER NOT NULL DEFAULT 0 CHECK (allocated >= 0 AND allocated <= on_hand),
  on_order INTEGER NOT NULL DEFAULT 0 CHECK (on_order >= 0),
  back_ordered INTEGER NOT NULL DEFAULT 0 CHECK (back_ordered >= 0),
  to_reorder INTEGER NOT NULL DEFAULT 0,
  low INTEGER NOT NULL DEFAULT 0 CHECK (low IN (0, 1))
) STRICT;
CREATE INDEX product_stock_to_reorder ON product_stock (to_reorder, product_id);
CREATE INDEX product_stock_low ON product_stock (low, product_id);

-- Whoever kept a ledger keeps stock. A database without a single entry never did, and nothing of it becomes short.
UPDATE products SET stocked = 1
WHERE (SELECT COUNT(*) FROM inventory_transactions) > 0
  AND (reorder_level IS NOT NULL OR target_level IS NOT NULL
    OR id IN (SELECT t.product_id FROM inventory_transactions AS t));

-- What the statuses of Access say in quantities. Its entry Sold means that the goods are out of the stock, and what is
-- called shipped, an order or a detail, waits for nothing.
UPDATE order_details SET
  shipped = CASE WHEN o.status_id IN (2, 3) OR order_details.status_id = 3 OR t.transaction_type = 2
    THEN order_details.quantity ELSE 0 END,
  invoiced = CASE WHEN o.status_id IN (1, 2, 3) OR order_details.status_id IN (2, 3) THEN order_details.quantity ELSE 0 END,
  allocated = CASE WHEN o.status_id IN (2, 3) OR order_details.status_id = 3 OR t.id IS NULL OR t.transaction_type <> 3
    THEN 0 ELSE MIN(t.quantity, order_details.quantity) END
FROM order_details AS d
JOIN orders o ON o.id = d.order_id
LEFT JOIN inventory_transactions t ON t.id = d.inventory_id
WHERE d.id = order_details.id;

-- A balance that the ledger itself has below zero begins at zero: the proof of the stock names it.
INSERT INTO product_stock (product_id, on_hand, allocated, on_order, back_ordered)
SELECT s.id, s.on_hand, MIN(s.held, s.on_hand), s.on_order, s.back_ordered FROM (
  SELECT p.id,
    MAX(0, COALESCE((SELECT SUM(CASE t.transaction_type WHEN 1 THEN t.quantity WHEN 2 THEN -t.quantity
      WHEN 4 THEN -t.quantity ELSE 0 END) FROM inventory_transactions t WHERE t.product_id = p.id), 0)) AS on_hand,
    COALESCE((SELECT SUM(t.quantity) FROM inventory_transactions t
      WHERE t.product_id = p.id AND t.transaction_type = 3), 0) AS held,
    COALESCE((SELECT SUM(d.quantity) FROM purchase_order_details d
      WHERE d.product_id = p.id AND d.posted_to_inventory = 0), 0) AS on_order,
    COALESCE((SELECT SUM(d.quantity - d.shipped - d.allocated) FROM order_details d JOIN orders o ON o.id = d.order_id
      WHERE d.product_id = p.id AND COALESCE(o.status_id, 0) IN (0, 1)), 0) AS back_ordered
  FROM products p WHERE p.stocked = 1
) AS s;

UPDATE product_stock SET
  low = s.level < COALESCE(s.reorder_level, 0) * 10000,
  to_reorder = CASE WHEN COALESCE(s.target_level, 0) * 10000 > s.level
    THEN MAX(COALESCE(s.target_level, 0) * 10000 - s.level, COALESCE(s.minimum_reorder_quantity, 0) * 10000) ELSE 0 END
FROM (
  SELECT k.product_id, k.on_hand - k.allocated + k.on_order - k.back_ordered AS level,
    p.reorder_level, p.target_level, p.minimum_reorder_quantity
  FROM product_stock k JOIN products p ON p.id = k.product_id
) AS s
WHERE s.product_id = product_stock.product_id;
