-- Tax rates by tax class and date. A product has a class, and a detail keeps the class and the rate with which it was
-- sold. A customer has a treatment: one that is not domestic pays no taxes. An order keeps it with the customer's VAT
-- number, as it keeps the name.

CREATE TABLE IF NOT EXISTS tax_rates (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tax_class VARCHAR(50) NOT NULL,
  valid_from DATE NOT NULL,
  tax_rate DECIMAL(19,6) NOT NULL,
  search_text VARCHAR(255) NOT NULL,
  version INT NOT NULL DEFAULT 0,
  UNIQUE KEY tax_rates_by_class (tax_class, valid_from),
  KEY tax_rates_search_text (search_text, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

ALTER TABLE products
  ADD COLUMN IF NOT EXISTS tax_class VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL;
ALTER TABLE products ADD INDEX IF NOT EXISTS products_by_tax_class (tax_class);

ALTER TABLE customers ADD COLUMN IF NOT EXISTS vat_id VARCHAR(20) NULL;
ALTER TABLE customers ADD COLUMN IF NOT EXISTS tax_treatment VARCHAR(20) NOT NULL DEFAULT 'domestic';
ALTER TABLE customers ADD COLUMN IF NOT EXISTS tax_exemption_reason VARCHAR(255) NULL;

ALTER TABLE orders ADD COLUMN IF NOT EXISTS customer_vat_id VARCHAR(20) NULL;
-- NULL where the order was written before customers had one, or by another program.
ALTER TABLE orders ADD COLUMN IF NOT EXISTS tax_treatment VARCHAR(20) NULL;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS tax_exemption_reason VARCHAR(255) NULL;

ALTER TABLE order_details
  ADD COLUMN IF NOT EXISTS tax_class VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL;
-- The rate of its class when it was sold; it counts while the order itself has no tax_rate.
ALTER TABLE order_details ADD COLUMN IF NOT EXISTS tax_rate DECIMAL(19,6) NULL;
