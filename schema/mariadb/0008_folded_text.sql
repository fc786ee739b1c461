-- search_text becomes a plain column: the program folds the text (schema/search/fold.ts) and writes it with the row. So
-- every script is folded, by the same code for both engines, and the schema has no nested calls any more, at which the
-- parser of SQLite before 3.46 gives up. A row that another program inserts or changes is noted in unfolded_rows, and
-- folded at the next start or a few seconds later; until then it is found by its old text.
--
-- Where the binary log is on, a user without SUPER may create triggers only with log_bin_trust_function_creators = 1.

CREATE TABLE IF NOT EXISTS unfolded_rows (
  table_name VARCHAR(20) NOT NULL,
  row_id INT NOT NULL,
  PRIMARY KEY (table_name, row_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- The texts stay as they are; the columns come in the order of SQLite's.

ALTER TABLE customers
  MODIFY search_text VARCHAR(510) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL DEFAULT ''
    AFTER version;

ALTER TABLE employees
  MODIFY search_text VARCHAR(510) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL DEFAULT ''
    AFTER version;

ALTER TABLE suppliers
  MODIFY search_text VARCHAR(510) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL DEFAULT ''
    AFTER version;

ALTER TABLE shippers
  MODIFY search_text VARCHAR(510) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL DEFAULT ''
    AFTER version;

ALTER TABLE products
  MODIFY search_text VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL DEFAULT ''
    AFTER version;

ALTER TABLE orders
  MODIFY search_text VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL DEFAULT ''
    AFTER version;

DROP TRIGGER IF EXISTS orders_text_on_insert;
DROP TRIGGER IF EXISTS orders_text_on_update;
DROP TRIGGER IF EXISTS customers_text_on_insert;
DROP TRIGGER IF EXISTS customers_text_on_update;

-- A row that this program writes never has an empty search_text, and the text changes with the fields it is made of.
-- These are compared by their characters, because a collation takes some different ones for equal.

CREATE TRIGGER IF NOT EXISTS customers_folded_on_insert AFTER INSERT ON customers FOR EACH ROW
BEGIN
  IF NEW.search_text = '' THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('customers', NEW.id);
  ELSE
    INSERT IGNORE INTO search_texts (text) VALUES (NEW.search_text);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS customers_folded_on_update AFTER UPDATE ON customers FOR EACH ROW
BEGIN
  IF NEW.search_text <> OLD.search_text THEN
    INSERT IGNORE INTO search_texts (text) VALUES (NEW.search_text);
  ELSEIF NOT (
    BINARY NEW.company <=> BINARY OLD.company AND BINARY NEW.first_name <=> BINARY OLD.first_name
      AND BINARY NEW.last_name <=> BINARY OLD.last_name AND BINARY NEW.city <=> BINARY OLD.city
      AND BINARY NEW.email_address <=> BINARY OLD.email_address
      AND BINARY NEW.business_phone <=> BINARY OLD.business_phone AND BINARY NEW.home_phone <=> BINARY OLD.home_phone
      AND BINARY NEW.mobile_phone <=> BINARY OLD.mobile_phone AND BINARY NEW.fax_number <=> BINARY OLD.fax_number
  ) THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('customers', NEW.id);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS employees_folded_on_insert AFTER INSERT ON employees FOR EACH ROW
BEGIN
  IF NEW.search_text = '' THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('employees', NEW.id);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS employees_folded_on_update AFTER UPDATE ON employees FOR EACH ROW
BEGIN
  IF NEW.search_text = OLD.search_text AND NOT (
    BINARY NEW.first_name <=> BINARY OLD.first_name AND BINARY NEW.last_name <=> BINARY OLD.last_name
      AND BINARY NEW.job_title <=> BINARY OLD.job_title AND BINARY NEW.city <=> BINARY OLD.city
      AND BINARY NEW.email_address <=> BINARY OLD.email_address
      AND BINARY NEW.business_phone <=> BINARY OLD.business_phone AND BINARY NEW.home_phone <=> BINARY OLD.home_phone
      AND BINARY NEW.mobile_phone <=> BINARY OLD.mobile_phone AND BINARY NEW.fax_number <=> BINARY OLD.fax_number
  ) THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('employees', NEW.id);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS suppliers_folded_on_insert AFTER INSERT ON suppliers FOR EACH ROW
BEGIN
  IF NEW.search_text = '' THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('suppliers', NEW.id);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS suppliers_folded_on_update AFTER UPDATE ON suppliers FOR EACH ROW
BEGIN
  IF NEW.search_text = OLD.search_text AND NOT (
    BINARY NEW.company <=> BINARY OLD.company AND BINARY NEW.first_name <=> BINARY OLD.first_name
      AND BINARY NEW.last_name <=> BINARY OLD.last_name AND BINARY NEW.city <=> BINARY OLD.city
      AND BINARY NEW.email_address <=> BINARY OLD.email_address
      AND BINARY NEW.business_phone <=> BINARY OLD.business_phone AND BINARY NEW.home_phone <=> BINARY OLD.home_phone
      AND BINARY NEW.mobile_phone <=> BINARY OLD.mobile_phone AND BINARY NEW.fax_number <=> BINARY OLD.fax_number
  ) THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('suppliers', NEW.id);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS shippers_folded_on_insert AFTER INSERT ON shippers FOR EACH ROW
BEGIN
  IF NEW.search_text = '' THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('shippers', NEW.id);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS shippers_folded_on_update AFTER UPDATE ON shippers FOR EACH ROW
BEGIN
  IF NEW.search_text = OLD.search_text AND NOT (
    BINARY NEW.company <=> BINARY OLD.company AND BINARY NEW.first_name <=> BINARY OLD.first_name
      AND BINARY NEW.last_name <=> BINARY OLD.last_name AND BINARY NEW.city <=> BINARY OLD.city
      AND BINARY NEW.email_address <=> BINARY OLD.email_address
      AND BINARY NEW.business_phone <=> BINARY OLD.business_phone AND BINARY NEW.home_phone <=> BINARY OLD.home_phone
      AND BINARY NEW.mobile_phone <=> BINARY OLD.mobile_phone AND BINARY NEW.fax_number <=> BINARY OLD.fax_number
  ) THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('shippers', NEW.id);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS products_folded_on_insert AFTER INSERT ON products FOR EACH ROW
BEGIN
  IF NEW.search_text = '' THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('products', NEW.id);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS products_folded_on_update AFTER UPDATE ON products FOR EACH ROW
BEGIN
  IF NEW.search_text = OLD.search_text AND NOT (
    BINARY NEW.product_code <=> BINARY OLD.product_code AND BINARY NEW.product_name <=> BINARY OLD.product_name
      AND BINARY NEW.category <=> BINARY OLD.category
  ) THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('products', NEW.id);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS orders_folded_on_insert AFTER INSERT ON orders FOR EACH ROW
BEGIN
  IF NEW.search_text = '' THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('orders', NEW.id);
  ELSE
    INSERT IGNORE INTO search_texts (text) VALUES (NEW.search_text);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS orders_folded_on_update AFTER UPDATE ON orders FOR EACH ROW
BEGIN
  IF NEW.search_text <> OLD.search_text THEN
    INSERT IGNORE INTO search_texts (text) VALUES (NEW.search_text);
  ELSEIF NOT (
    BINARY NEW.ship_name <=> BINARY OLD.ship_name AND BINARY NEW.ship_city <=> BINARY OLD.ship_city
  ) THEN
    INSERT IGNORE INTO unfolded_rows (table_name, row_id) VALUES ('orders', NEW.id);
  END IF;
END;

-- What the old column could not fold: other scripts and, new, the digits of phone numbers.

INSERT IGNORE INTO unfolded_rows (table_name, row_id)
SELECT 'customers', id FROM customers
WHERE search_text = '' OR OCTET_LENGTH(search_text) <> CHAR_LENGTH(search_text) OR business_phone IS NOT NULL
  OR home_phone IS NOT NULL OR mobile_phone IS NOT NULL OR fax_number IS NOT NULL;

INSERT IGNORE INTO unfolded_rows (table_name, row_id)
SELECT 'employees', id FROM employees
WHERE search_text = '' OR OCTET_LENGTH(search_text) <> CHAR_LENGTH(search_text) OR business_phone IS NOT NULL
  OR home_phone IS NOT NULL OR mobile_phone IS NOT NULL OR fax_number IS NOT NULL;

INSERT IGNORE INTO unfolded_rows (table_name, row_id)
SELECT 'suppliers', id FROM suppliers
WHERE search_text = '' OR OCTET_LENGTH(search_text) <> CHAR_LENGTH(search_text) OR business_phone IS NOT NULL
  OR home_phone IS NOT NULL OR mobile_phone IS NOT NULL OR fax_number IS NOT NULL;

INSERT IGNORE INTO unfolded_rows (table_name, row_id)
SELECT 'shippers', id FROM shippers
WHERE search_text = '' OR OCTET_LENGTH(search_text) <> CHAR_LENGTH(search_text) OR business_phone IS NOT NULL
  OR home_phone IS NOT NULL OR mobile_phone IS NOT NULL OR fax_number IS NOT NULL;

INSERT IGNORE INTO unfolded_rows (table_name, row_id)
SELECT 'products', id FROM products
WHERE search_text = '' OR OCTET_LENGTH(search_text) <> CHAR_LENGTH(search_text);

INSERT IGNORE INTO unfolded_rows (table_name, row_id)
SELECT 'orders', id FROM orders
WHERE search_text = '' OR OCTET_LENGTH(search_text) <> CHAR_LENGTH(search_text);
