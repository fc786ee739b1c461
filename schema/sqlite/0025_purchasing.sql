-- Purchasing: what suppliers ask for a product, and partial receipts. products.supplier_ids stays for other programs; this
-- program writes both.

INSERT INTO purchase_order_status (id, status) VALUES (4, 'Cancelled') ON CONFLICT DO NOTHING;

CREATE TABLE product_suppliers (
  product_id INTEGER NOT NULL REFERENCES products (id),
  supplier_id INTEGER NOT NULL REFERENCES suppliers (id),
  position INTEGER NOT NULL DEFAULT 1 CHECK (position BETWEEN -32768 AND 32767),
  unit_cost INTEGER,
  supplier_product_code TEXT CHECK (LENGTH(supplier_product_code) <= 50),
  pack_quantity INTEGER NOT NULL DEFAULT 10000,
  minimum_quantity INTEGER NOT NULL DEFAULT 0,
  lead_time_days INTEGER CHECK (lead_time_days BETWEEN -32768 AND 32767),
  PRIMARY KEY (product_id, supplier_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_suppliers_by_supplier ON product_suppliers (supplier_id);

-- '2;6' names the suppliers of a product, the preferred one first. Who does not exist is left out.
INSERT INTO product_suppliers (product_id, supplier_id, position)
SELECT p.id, s.id, MIN(named.key) + 1
FROM (SELECT id, '[' || REPLACE(supplier_ids, ';', ',') || ']' AS ids FROM products WHERE supplier_ids <> '') AS p
JOIN json_each(CASE WHEN json_valid(p.ids) THEN p.ids ELSE '[]' END) AS named
JOIN suppliers AS s ON s.id = named.value
GROUP BY p.id, s.id;

ALTER TABLE purchase_orders ADD COLUMN version INTEGER NOT NULL DEFAULT 0
  CHECK (version BETWEEN -2147483648 AND 2147483647);
-- Who submitted and who approved, whether or not they are an employee: nobody approves what they submitted.
ALTER TABLE purchase_orders ADD COLUMN submitted_principal TEXT CHECK (LENGTH(submitted_principal) <= 100);
ALTER TABLE purchase_orders ADD COLUMN approved_principal TEXT CHECK (LENGTH(approved_principal) <= 100);
ALTER TABLE purchase_orders ADD COLUMN closed_date TEXT CHECK (closed_date IS datetime(closed_date));
DROP INDEX purchase_orders_status_id;
DROP INDEX purchase_orders_supplier_id;
CREATE INDEX purchase_orders_by_status ON purchase_orders (status_id);
CREATE INDEX purchase_orders_by_supplier ON purchase_orders (supplier_id);

ALTER TABLE purchase_order_details ADD COLUMN received INTEGER NOT NULL DEFAULT 0;
ALTER TABLE purchase_order_details ADD COLUMN position INTEGER NOT NULL DEFAULT 32767
  CHECK (position BETWEEN -32768 AND 32767);
-- The short order detail for which it was ordered. It may be gone.
ALTER TABLE purchase_order_details ADD COLUMN order_detail_id INTEGER
  CHECK (order_detail_id BETWEEN -2147483648 AND 2147483647);
CREATE INDEX purchase_order_details_order_detail_id ON purchase_order_details (order_detail_id);

UPDATE purchase_order_details SET received = quantity WHERE posted_to_inventory = 1;

ALTER TABLE inventory_transactions ADD COLUMN purchase_order_detail_id INTEGER
  CHECK (purchase_order_detail_id BETWEEN -2147483648 AND 2147483647);
