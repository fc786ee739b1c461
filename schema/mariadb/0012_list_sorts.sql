-- The list of orders can be read by shipped date, paid date, city and country. The keys of city and country compare by
-- code point on both engines: the columns themselves take "Ulm" and "ulm" for the same.

ALTER TABLE orders
  ADD COLUMN IF NOT EXISTS ship_city_key VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
    GENERATED ALWAYS AS (ship_city) VIRTUAL,
  ADD COLUMN IF NOT EXISTS ship_country_key VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin
    GENERATED ALWAYS AS (ship_country_region) VIRTUAL;

ALTER TABLE orders
  ADD INDEX IF NOT EXISTS orders_by_shipped_date (shipped_date, id),
  ADD INDEX IF NOT EXISTS orders_by_paid_date (paid_date, id),
  ADD INDEX IF NOT EXISTS orders_by_city (ship_city_key, id),
  ADD INDEX IF NOT EXISTS orders_by_country (ship_country_key, id);
