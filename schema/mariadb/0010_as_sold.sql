-- What was sold stays as it was sold: a detail holds its product's code, name and unit, an order its customer's name and
-- billing address, as they were when it was written. Rows from before take today's. A row that another program wrote has
-- none (its name is NULL) and shows the current ones.

-- The place of a detail in its order. 32767 is behind all others: such details follow in the order of their ids.
ALTER TABLE order_details ADD COLUMN IF NOT EXISTS position SMALLINT NOT NULL DEFAULT 32767;
ALTER TABLE order_details ADD COLUMN IF NOT EXISTS product_code VARCHAR(25) NULL;
ALTER TABLE order_details ADD COLUMN IF NOT EXISTS product_name VARCHAR(50) NULL;
ALTER TABLE order_details ADD COLUMN IF NOT EXISTS quantity_per_unit VARCHAR(50) NULL;

ALTER TABLE orders ADD COLUMN IF NOT EXISTS customer_company VARCHAR(50) NULL;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS customer_first_name VARCHAR(50) NULL;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS customer_last_name VARCHAR(50) NULL;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS billing_address LONGTEXT NULL;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS billing_city VARCHAR(50) NULL;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS billing_state_province VARCHAR(50) NULL;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS billing_zip_postal_code VARCHAR(15) NULL;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS billing_country_region VARCHAR(50) NULL;
-- Why the order was last corrected after it was closed.
ALTER TABLE orders ADD COLUMN IF NOT EXISTS correction_reason VARCHAR(500) NULL;

-- In steps of 10,000 ids, each committed by itself: no transaction grows with the table. A step that runs again writes
-- what is missing.
BEGIN NOT ATOMIC
  DECLARE done INT DEFAULT (SELECT MIN(id) - 1 FROM order_details);
  DECLARE last_id INT DEFAULT (SELECT MAX(id) FROM order_details);
  WHILE done < last_id DO
    UPDATE order_details d JOIN products p ON p.id = d.product_id
    SET d.product_code = p.product_code, d.product_name = p.product_name, d.quantity_per_unit = p.quantity_per_unit
    WHERE d.id > done AND d.id <= done + 10000 AND d.product_name IS NULL;
    SET done = LEAST(done + 10000, last_id);
  END WHILE;
END;

BEGIN NOT ATOMIC
  DECLARE done INT DEFAULT (SELECT MIN(id) - 1 FROM orders);
  DECLARE last_id INT DEFAULT (SELECT MAX(id) FROM orders);
  WHILE done < last_id DO
    UPDATE orders o JOIN customers c ON c.id = o.customer_id
    SET o.customer_company = c.company, o.customer_first_name = c.first_name, o.customer_last_name = c.last_name,
      o.billing_address = c.address, o.billing_city = c.city, o.billing_state_province = c.state_province,
      o.billing_zip_postal_code = c.zip_postal_code, o.billing_country_region = c.country_region
    WHERE o.id > done AND o.id <= done + 10000
      AND o.customer_company IS NULL AND o.customer_first_name IS NULL AND o.customer_last_name IS NULL;
    SET done = LEAST(done + 10000, last_id);
  END WHILE;
END;
