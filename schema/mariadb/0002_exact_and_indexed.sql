-- Makes every database equal, taken over or new: utf8mb4 everywhere, exact decimals, the indexes that the lists use,
-- no index twice, and the foreign keys that were forgotten. One ALTER per table, so that a table is rebuilt once.
-- Every statement may run again: DDL commits by itself, so a step can be interrupted between any two of them.

ALTER TABLE privileges
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE employees
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE customers
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE suppliers
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE shippers
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE products
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE orders_status
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE orders_tax_status
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE order_details_status
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE purchase_order_status
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE inventory_transaction_types
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE employee_privileges
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC,
  DROP INDEX IF EXISTS employee_id,
  DROP INDEX IF EXISTS privilege_id_2;

-- A list reads one index in order, whatever it is filtered by: status, customer, employee, shipper or date, sorted by
-- id or order_date, so that a page costs the same among 50 orders and among millions.
ALTER TABLE orders
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC,
  MODIFY tax_rate DECIMAL(19,4) NULL DEFAULT 0,
  DROP INDEX IF EXISTS id,
  DROP INDEX IF EXISTS id_2,
  DROP INDEX IF EXISTS id_3,
  DROP INDEX IF EXISTS customer_id,
  DROP INDEX IF EXISTS customer_id_2,
  DROP INDEX IF EXISTS employee_id,
  DROP INDEX IF EXISTS employee_id_2,
  DROP INDEX IF EXISTS shipper_id,
  DROP INDEX IF EXISTS shipper_id_2,
  DROP INDEX IF EXISTS status_id,
  DROP INDEX IF EXISTS fk_orders_orders_status1,
  DROP INDEX IF EXISTS ship_zip_postal_code,
  ADD INDEX IF NOT EXISTS orders_by_date (order_date, id),
  ADD INDEX IF NOT EXISTS orders_by_status (status_id, id),
  ADD INDEX IF NOT EXISTS orders_by_status_and_date (status_id, order_date, id),
  ADD INDEX IF NOT EXISTS orders_by_customer (customer_id, id),
  ADD INDEX IF NOT EXISTS orders_by_customer_and_date (customer_id, order_date, id),
  ADD INDEX IF NOT EXISTS orders_by_employee (employee_id, id),
  ADD INDEX IF NOT EXISTS orders_by_employee_and_date (employee_id, order_date, id),
  ADD INDEX IF NOT EXISTS orders_by_shipper (shipper_id, id),
  ADD INDEX IF NOT EXISTS orders_by_shipper_and_date (shipper_id, order_date, id);

ALTER TABLE purchase_orders
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC,
  DROP INDEX IF EXISTS id,
  DROP INDEX IF EXISTS id_2,
  DROP INDEX IF EXISTS supplier_id_2,
  ADD INDEX IF NOT EXISTS purchase_orders_approved_by (approved_by),
  ADD INDEX IF NOT EXISTS purchase_orders_submitted_by (submitted_by);

ALTER TABLE inventory_transactions
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC,
  DROP INDEX IF EXISTS customer_order_id_2,
  DROP INDEX IF EXISTS product_id,
  DROP INDEX IF EXISTS product_id_2,
  DROP INDEX IF EXISTS purchase_order_id_2,
  ADD INDEX IF NOT EXISTS inventory_transactions_by_product (product_id, transaction_type, quantity);

ALTER TABLE order_details
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC,
  MODIFY quantity DECIMAL(19,4) NOT NULL DEFAULT 0,
  MODIFY discount DECIMAL(19,4) NOT NULL DEFAULT 0,
  DROP INDEX IF EXISTS id,
  DROP INDEX IF EXISTS id_2,
  DROP INDEX IF EXISTS id_3,
  DROP INDEX IF EXISTS id_4,
  DROP INDEX IF EXISTS id_5,
  DROP INDEX IF EXISTS product_id,
  DROP INDEX IF EXISTS product_id_2,
  ADD INDEX IF NOT EXISTS order_details_by_product (product_id, status_id);

ALTER TABLE invoices
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC,
  DROP INDEX IF EXISTS id,
  DROP INDEX IF EXISTS id_2;

ALTER TABLE purchase_order_details
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC,
  MODIFY quantity DECIMAL(19,4) NOT NULL,
  DROP INDEX IF EXISTS id,
  DROP INDEX IF EXISTS inventory_id_2,
  DROP INDEX IF EXISTS product_id_2,
  DROP INDEX IF EXISTS purchase_order_id_2;

ALTER TABLE sales_reports
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

ALTER TABLE strings
  CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  ROW_FORMAT = DYNAMIC;

-- Foreign keys of their own statement: a row that breaks one is refused before the take-over begins.
ALTER TABLE order_details
  ADD CONSTRAINT fk_order_details_purchase_order_id FOREIGN KEY IF NOT EXISTS fk_order_details_purchase_order_id (purchase_order_id) REFERENCES purchase_orders (id)
  ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE order_details
  ADD CONSTRAINT fk_order_details_inventory_id FOREIGN KEY IF NOT EXISTS fk_order_details_inventory_id (inventory_id) REFERENCES inventory_transactions (id)
  ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE purchase_orders
  ADD CONSTRAINT fk_purchase_orders_approved_by FOREIGN KEY IF NOT EXISTS fk_purchase_orders_approved_by (approved_by) REFERENCES employees (id)
  ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE purchase_orders
  ADD CONSTRAINT fk_purchase_orders_submitted_by FOREIGN KEY IF NOT EXISTS fk_purchase_orders_submitted_by (submitted_by) REFERENCES employees (id)
  ON DELETE NO ACTION ON UPDATE NO ACTION;

-- A known variant of the schema forbids NULL in five dates and fills in the time of the row. NULL becomes possible as
-- everywhere else; the default stays, because other programs may count on it.
BEGIN NOT ATOMIC
  IF EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'orders' AND column_name = 'order_date' AND is_nullable = 'NO'
  ) THEN
    ALTER TABLE orders MODIFY order_date DATETIME NULL DEFAULT CURRENT_TIMESTAMP;
  END IF;
  IF EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'purchase_orders' AND column_name = 'creation_date' AND is_nullable = 'NO'
  ) THEN
    ALTER TABLE purchase_orders MODIFY creation_date DATETIME NULL DEFAULT CURRENT_TIMESTAMP;
  END IF;
  IF EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'inventory_transactions' AND column_name = 'transaction_created_date' AND is_nullable = 'NO'
  ) THEN
    ALTER TABLE inventory_transactions MODIFY transaction_created_date DATETIME NULL DEFAULT CURRENT_TIMESTAMP;
  END IF;
  IF EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'inventory_transactions' AND column_name = 'transaction_modified_date' AND is_nullable = 'NO'
  ) THEN
    ALTER TABLE inventory_transactions MODIFY transaction_modified_date DATETIME NULL DEFAULT CURRENT_TIMESTAMP;
  END IF;
  IF EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = 'invoices' AND column_name = 'invoice_date' AND is_nullable = 'NO'
  ) THEN
    ALTER TABLE invoices MODIFY invoice_date DATETIME NULL DEFAULT CURRENT_TIMESTAMP;
  END IF;
END;

-- New tables take the database's own character set.
BEGIN NOT ATOMIC
  EXECUTE IMMEDIATE CONCAT('ALTER DATABASE `', REPLACE(DATABASE(), '`', '``'), '` CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci');
END;
