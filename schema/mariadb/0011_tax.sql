-- A tax rate has six places: 8.425 % is 0.084250.

ALTER TABLE orders MODIFY tax_rate DECIMAL(19,6) NULL DEFAULT 0;
