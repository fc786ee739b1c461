-- search_text becomes a plain column: the program folds the text (schema/search/fold.ts) and writes it with the row. So
-- every script is folded, by the same code for both engines, and the schema has no nested calls any more, at which the
-- parser of SQLite before 3.46 gives up. A row that another program inserts or changes is noted in unfolded_rows, and
-- folded at the next start or a few seconds later; until then it is found by its old text.

CREATE TABLE unfolded_rows (
  table_name TEXT NOT NULL CHECK (LENGTH(table_name) <= 20),
  row_id INTEGER NOT NULL CHECK (row_id BETWEEN -2147483648 AND 2147483647),
  PRIMARY KEY (table_name, row_id)
) STRICT, WITHOUT ROWID;

DROP TRIGGER orders_text_on_insert;
DROP TRIGGER orders_text_on_update;
DROP TRIGGER customers_text_on_insert;
DROP TRIGGER customers_text_on_update;
DROP INDEX orders_by_text;
DROP INDEX customers_search_text;
DROP INDEX employees_search_text;
DROP INDEX suppliers_search_text;
DROP INDEX shippers_search_text;
DROP INDEX products_search_text;

-- SQLite cannot turn a generated column into a plain one: a new column takes over its text and its name.
-- All old ones go before any is renamed: SQLite reads the whole schema again each time.

ALTER TABLE customers ADD COLUMN folded_text TEXT NOT NULL DEFAULT '' CHECK (LENGTH(folded_text) <= 510);
ALTER TABLE employees ADD COLUMN folded_text TEXT NOT NULL DEFAULT '' CHECK (LENGTH(folded_text) <= 510);
ALTER TABLE suppliers ADD COLUMN folded_text TEXT NOT NULL DEFAULT '' CHECK (LENGTH(folded_text) <= 510);
ALTER TABLE shippers ADD COLUMN folded_text TEXT NOT NULL DEFAULT '' CHECK (LENGTH(folded_text) <= 510);
ALTER TABLE products ADD COLUMN folded_text TEXT NOT NULL DEFAULT '' CHECK (LENGTH(folded_text) <= 255);
ALTER TABLE orders ADD COLUMN folded_text TEXT NOT NULL DEFAULT '' CHECK (LENGTH(folded_text) <= 255);

UPDATE customers SET folded_text = search_text;
UPDATE employees SET folded_text = search_text;
UPDATE suppliers SET folded_text = search_text;
UPDATE shippers SET folded_text = search_text;
UPDATE products SET folded_text = search_text;
UPDATE orders SET folded_text = search_text;

ALTER TABLE customers DROP COLUMN search_text;
ALTER TABLE employees DROP COLUMN search_text;
ALTER TABLE suppliers DROP COLUMN search_text;
ALTER TABLE shippers DROP COLUMN search_text;
ALTER TABLE products DROP COLUMN search_text;
ALTER TABLE orders DROP COLUMN search_text;

ALTER TABLE customers RENAME COLUMN folded_text TO search_text;
ALTER TABLE employees RENAME COLUMN folded_text TO search_text;
ALTER TABLE suppliers RENAME COLUMN folded_text TO search_text;
ALTER TABLE shippers RENAME COLUMN folded_text TO search_text;
ALTER TABLE products RENAME COLUMN folded_text TO search_text;
ALTER TABLE orders RENAME COLUMN folded_text TO search_text;

CREATE INDEX customers_search_text ON customers (search_text, id);
CREATE INDEX employees_search_text ON employees (search_text, id);
CREATE INDEX suppliers_search_text ON suppliers (search_text, id);
CREATE INDEX shippers_search_text ON shippers (search_text, id);
CREATE INDEX products_search_text ON products (search_text, id);
CREATE INDEX orders_by_text ON orders (search_text, order_date);

CREATE TRIGGER orders_text_on_insert AFTER INSERT ON orders
WHEN NEW.search_text <> '' AND NOT EXISTS (SELECT 1 FROM search_texts WHERE text = NEW.search_text) BEGIN
  INSERT INTO search_texts (text) VALUES (NEW.search_text);
END;

CREATE TRIGGER orders_text_on_update AFTER UPDATE ON orders
WHEN NEW.search_text <> OLD.search_text AND NOT EXISTS (SELECT 1 FROM search_texts WHERE text = NEW.search_text) BEGIN
  INSERT INTO search_texts (text) VALUES (NEW.search_text);
END;

CREATE TRIGGER customers_text_on_insert AFTER INSERT ON customers
WHEN NEW.search_text <> '' AND NOT EXISTS (SELECT 1 FROM search_texts WHERE text = NEW.search_text) BEGIN
  INSERT INTO search_texts (text) VALUES (NEW.search_text);
END;

CREATE TRIGGER customers_text_on_update AFTER UPDATE ON customers
WHEN NEW.search_text <> OLD.search_text AND NOT EXISTS (SELECT 1 FROM search_texts WHERE text = NEW.search_text) BEGIN
  INSERT INTO search_texts (text) VALUES (NEW.search_text);
END;

-- A row that this program writes never has an empty search_text, and the text changes with the fields it is made of.

CREATE TRIGGER customers_unfolded_on_insert AFTER INSERT ON customers WHEN NEW.search_text = '' BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('customers', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER customers_unfolded_on_update AFTER UPDATE OF company, first_name, last_name, city, email_address
  , business_phone, home_phone, mobile_phone, fax_number
ON customers WHEN NEW.search_text = OLD.search_text AND (
  NEW.company IS NOT OLD.company OR NEW.first_name IS NOT OLD.first_name OR NEW.last_name IS NOT OLD.last_name
    OR NEW.city IS NOT OLD.city OR NEW.email_address IS NOT OLD.email_address
    OR NEW.business_phone IS NOT OLD.business_phone OR NEW.home_phone IS NOT OLD.home_phone
    OR NEW.mobile_phone IS NOT OLD.mobile_phone OR NEW.fax_number IS NOT OLD.fax_number
) BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('customers', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER employees_unfolded_on_insert AFTER INSERT ON employees WHEN NEW.search_text = '' BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('employees', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER employees_unfolded_on_update AFTER UPDATE OF first_name, last_name, job_title, city, email_address
  , business_phone, home_phone, mobile_phone, fax_number
ON employees WHEN NEW.search_text = OLD.search_text AND (
  NEW.first_name IS NOT OLD.first_name OR NEW.last_name IS NOT OLD.last_name OR NEW.job_title IS NOT OLD.job_title
    OR NEW.city IS NOT OLD.city OR NEW.email_address IS NOT OLD.email_address
    OR NEW.business_phone IS NOT OLD.business_phone OR NEW.home_phone IS NOT OLD.home_phone
    OR NEW.mobile_phone IS NOT OLD.mobile_phone OR NEW.fax_number IS NOT OLD.fax_number
) BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('employees', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER suppliers_unfolded_on_insert AFTER INSERT ON suppliers WHEN NEW.search_text = '' BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('suppliers', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER suppliers_unfolded_on_update AFTER UPDATE OF company, first_name, last_name, city, email_address
  , business_phone, home_phone, mobile_phone, fax_number
ON suppliers WHEN NEW.search_text = OLD.search_text AND (
  NEW.company IS NOT OLD.company OR NEW.first_name IS NOT OLD.first_name OR NEW.last_name IS NOT OLD.last_name
    OR NEW.city IS NOT OLD.city OR NEW.email_address IS NOT OLD.email_address
    OR NEW.business_phone IS NOT OLD.business_phone OR NEW.home_phone IS NOT OLD.home_phone
    OR NEW.mobile_phone IS NOT OLD.mobile_phone OR NEW.fax_number IS NOT OLD.fax_number
) BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('suppliers', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER shippers_unfolded_on_insert AFTER INSERT ON shippers WHEN NEW.search_text = '' BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('shippers', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER shippers_unfolded_on_update AFTER UPDATE OF company, first_name, last_name, city, email_address
  , business_phone, home_phone, mobile_phone, fax_number
ON shippers WHEN NEW.search_text = OLD.search_text AND (
  NEW.company IS NOT OLD.company OR NEW.first_name IS NOT OLD.first_name OR NEW.last_name IS NOT OLD.last_name
    OR NEW.city IS NOT OLD.city OR NEW.email_address IS NOT OLD.email_address
    OR NEW.business_phone IS NOT OLD.business_phone OR NEW.home_phone IS NOT OLD.home_phone
    OR NEW.mobile_phone IS NOT OLD.mobile_phone OR NEW.fax_number IS NOT OLD.fax_number
) BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('shippers', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER products_unfolded_on_insert AFTER INSERT ON products WHEN NEW.search_text = '' BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('products', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER products_unfolded_on_update AFTER UPDATE OF product_code, product_name, category
ON products WHEN NEW.search_text = OLD.search_text AND (
  NEW.product_code IS NOT OLD.product_code OR NEW.product_name IS NOT OLD.product_name
    OR NEW.category IS NOT OLD.category
) BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('products', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER orders_unfolded_on_insert AFTER INSERT ON orders WHEN NEW.search_text = '' BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('orders', NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER orders_unfolded_on_update AFTER UPDATE OF ship_name, ship_city
ON orders WHEN NEW.search_text = OLD.search_text AND (
  NEW.ship_name IS NOT OLD.ship_name OR NEW.ship_city IS NOT OLD.ship_city
) BEGIN
  INSERT INTO unfolded_rows (table_name, row_id) VALUES ('orders', NEW.id) ON CONFLICT DO NOTHING;
END;

-- What the old column could not fold: other scripts and, new, the digits of phone numbers.

INSERT INTO unfolded_rows (table_name, row_id)
SELECT 'customers', id FROM customers
WHERE search_text GLOB '*[^ -~]*' OR business_phone IS NOT NULL OR home_phone IS NOT NULL OR mobile_phone IS NOT NULL
  OR fax_number IS NOT NULL;

INSERT INTO unfolded_rows (table_name, row_id)
SELECT 'employees', id FROM employees
WHERE search_text GLOB '*[^ -~]*' OR business_phone IS NOT NULL OR home_phone IS NOT NULL OR mobile_phone IS NOT NULL
  OR fax_number IS NOT NULL;

INSERT INTO unfolded_rows (table_name, row_id)
SELECT 'suppliers', id FROM suppliers
WHERE search_text GLOB '*[^ -~]*' OR business_phone IS NOT NULL OR home_phone IS NOT NULL OR mobile_phone IS NOT NULL
  OR fax_number IS NOT NULL;

INSERT INTO unfolded_rows (table_name, row_id)
SELECT 'shippers', id FROM shippers
WHERE search_text GLOB '*[^ -~]*' OR business_phone IS NOT NULL OR home_phone IS NOT NULL OR mobile_phone IS NOT NULL
  OR fax_number IS NOT NULL;

INSERT INTO unfolded_rows (table_name, row_id)
SELECT 'products', id FROM products
WHERE search_text GLOB '*[^ -~]*';

INSERT INTO unfolded_rows (table_name, row_id)
SELECT 'orders', id FROM orders
WHERE search_text GLOB '*[^ -~]*';
