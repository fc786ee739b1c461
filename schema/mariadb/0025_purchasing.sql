-- Purchasing: what suppliers ask for a product, and partial receipts. products.supplier_ids stays for other programs; this
-- program writes both.

INSERT INTO purchase_order_status (id, status)
SELECT 4, 'Cancelled' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM purchase_order_status WHERE id = 4);

CREATE TABLE IF NOT EXISTS product_suppliers (
  product_id INT NOT NULL,
  supplier_id INT NOT NULL,
  position SMALLINT NOT NULL DEFAULT 1,
  unit_cost DECIMAL(19,4) NULL,
  supplier_product_code VARCHAR(50) NULL,
  pack_quantity DECIMAL(19,4) NOT NULL DEFAULT 1,
  minimum_quantity DECIMAL(19,4) NOT NULL DEFAULT 0,
  lead_time_days SMALLINT NULL,
  PRIMARY KEY (product_id, supplier_id),
  KEY product_suppliers_by_supplier (supplier_id, product_id),
  CONSTRAINT product_suppliers_of_products FOREIGN KEY (product_id) REFERENCES products (id),
  CONSTRAINT product_suppliers_of_suppliers FOREIGN KEY (supplier_id) REFERENCES suppliers (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- '2;6' names the suppliers of a product, the preferred one first. Who does not exist is left out.
INSERT IGNORE INTO product_suppliers (product_id, supplier_id, position)
SELECT p.id, s.id, named.position
FROM (SELECT id, CONCAT('[', REPLACE(supplier_ids, ';', ','), ']') AS ids FROM products WHERE supplier_ids <> '') AS p
JOIN JSON_TABLE(CASE WHEN JSON_VALID(p.ids) THEN p.ids ELSE '[]' END, '$[*]'
  COLUMNS (position FOR ORDINALITY, supplier_id INT PATH '$')) AS named
JOIN suppliers AS s ON s.id = named.supplier_id
ORDER BY p.id, named.position;

ALTER TABLE purchase_orders ADD COLUMN IF NOT EXISTS version INT NOT NULL DEFAULT 0;
-- Who submitted and who approved, whether or not they are an employee: nobody approves what they submitted.
ALTER TABLE purchase_orders ADD COLUMN IF NOT EXISTS submitted_principal VARCHAR(100) NULL;
ALTER TABLE purchase_orders ADD COLUMN IF NOT EXISTS approved_principal VARCHAR(100) NULL;
ALTER TABLE purchase_orders ADD COLUMN IF NOT EXISTS closed_date DATETIME NULL;
ALTER TABLE purchase_orders DROP INDEX IF EXISTS status_id, DROP INDEX IF EXISTS supplier_id,
  ADD INDEX IF NOT EXISTS purchase_orders_by_status (status_id, id),
  ADD INDEX IF NOT EXISTS purchase_orders_by_supplier (supplier_id, id);

ALTER TABLE purchase_order_details ADD COLUMN IF NOT EXISTS received DECIMAL(19,4) NOT NULL DEFAULT 0;
ALTER TABLE purchase_order_details ADD COLUMN IF NOT EXISTS position SMALLINT NOT NULL DEFAULT 32767;
-- The short order detail for which it was ordered. It may be gone.
ALTER TABLE purchase_order_details ADD COLUMN IF NOT EXISTS order_detail_id INT NULL;
ALTER TABLE purchase_order_details ADD INDEX IF NOT EXISTS purchase_order_details_order_detail_id (order_detail_id);

UPDATE purchase_order_details SET received = quantity WHERE posted_to_inventory = 1;

ALTER TABLE inventory_transactions ADD COLUMN IF NOT EXISTS purchase_order_detail_id INT NULL;
