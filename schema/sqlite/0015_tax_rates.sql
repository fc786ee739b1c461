-- Tax rates by tax class and date. A product has a class, and a detail keeps the class and the rate with which it was
-- sold. A customer has a treatment: one that is not domestic pays no taxes. An order keeps it with the customer's VAT
-- number, as it keeps the name.

CREATE TABLE tax_rates (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  tax_class TEXT NOT NULL CHECK (LENGTH(tax_class) <= 50),
  valid_from TEXT NOT NULL CHECK (valid_from IS date(valid_from)),
  tax_rate INTEGER NOT NULL,
  search_text TEXT NOT NULL CHECK (LENGTH(search_text) <= 255),
  version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;

CREATE UNIQUE INDEX tax_rates_by_class ON tax_rates (tax_class, valid_from);
CREATE INDEX tax_rates_search_text ON tax_rates (search_text, id);

ALTER TABLE products ADD COLUMN tax_class TEXT CHECK (LENGTH(tax_class) <= 50);
CREATE INDEX products_by_tax_class ON products (tax_class);

ALTER TABLE customers ADD COLUMN vat_id TEXT CHECK (LENGTH(vat_id) <= 20);
ALTER TABLE customers ADD COLUMN tax_treatment TEXT NOT NULL DEFAULT 'domestic' CHECK (LENGTH(tax_treatment) <= 20);
ALTER TABLE customers ADD COLUMN tax_exemption_reason TEXT CHECK (LENGTH(tax_exemption_reason) <= 255);

ALTER TABLE orders ADD COLUMN customer_vat_id TEXT CHECK (LENGTH(customer_vat_id) <= 20);
-- NULL where the order was written before customers had one, or by another program.
ALTER TABLE orders ADD COLUMN tax_treatment TEXT CHECK (LENGTH(tax_treatment) <= 20);
ALTER TABLE orders ADD COLUMN tax_exemption_reason TEXT CHECK (LENGTH(tax_exemption_reason) <= 255);

ALTER TABLE order_details ADD COLUMN tax_class TEXT CHECK (LENGTH(tax_class) <= 50);
-- The rate of its class when it was sold; it counts while the order itself has no tax_rate.
ALTER TABLE order_details ADD COLUMN tax_rate INTEGER;
