-- What was sold stays as it was sold: a detail holds its product's code, name and unit, an order its customer's name and
-- billing address, as they were when it was written. Rows from before take today's. A row that another program wrote has
-- none (its name is NULL) and shows the current ones.

-- The place of a detail in its order. 32767 is behind all others: such details follow in the order of their ids.
ALTER TABLE order_details ADD COLUMN position INTEGER NOT NULL DEFAULT 32767
  CHECK (position BETWEEN -32768 AND 32767);
ALTER TABLE order_details ADD COLUMN product_code TEXT CHECK (LENGTH(product_code) <= 25);
ALTER TABLE order_details ADD COLUMN product_name TEXT CHECK (LENGTH(product_name) <= 50);
ALTER TABLE order_details ADD COLUMN quantity_per_unit TEXT CHECK (LENGTH(quantity_per_unit) <= 50);

ALTER TABLE orders ADD COLUMN customer_company TEXT CHECK (LENGTH(customer_company) <= 50);
ALTER TABLE orders ADD COLUMN customer_first_name TEXT CHECK (LENGTH(customer_first_name) <= 50);
ALTER TABLE orders ADD COLUMN customer_last_name TEXT CHECK (LENGTH(customer_last_name) <= 50);
ALTER TABLE orders ADD COLUMN billing_address TEXT;
ALTER TABLE orders ADD COLUMN billing_city TEXT CHECK (LENGTH(billing_city) <= 50);
ALTER TABLE orders ADD COLUMN billing_state_province TEXT CHECK (LENGTH(billing_state_province) <= 50);
ALTER TABLE orders ADD COLUMN billing_zip_postal_code TEXT CHECK (LENGTH(billing_zip_postal_code) <= 15);
ALTER TABLE orders ADD COLUMN billing_country_region TEXT CHECK (LENGTH(billing_country_region) <= 50);
-- Why the order was last corrected after it was closed.
ALTER TABLE orders ADD COLUMN correction_reason TEXT CHECK (LENGTH(correction_reason) <= 500);

UPDATE order_details SET (product_code, product_name, quantity_per_unit) = (
  SELECT p.product_code, p.product_name, p.quantity_per_unit FROM products p WHERE p.id = order_details.product_id
) WHERE product_id IS NOT NULL;

UPDATE orders SET (customer_company, customer_first_name, customer_last_name, billing_address, billing_city,
  billing_state_province, billing_zip_postal_code, billing_country_region) = (
  SELECT c.company, c.first_name, c.last_name, c.address, c.city, c.state_province, c.zip_postal_code, c.country_region
  FROM customers c WHERE c.id = orders.customer_id
) WHERE customer_id IS NOT NULL;
