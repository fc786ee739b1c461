-- The list of orders can be read by shipped date, paid date, city and country. The keys of city and country compare by
-- code point on both engines.

ALTER TABLE orders ADD COLUMN ship_city_key TEXT GENERATED ALWAYS AS (ship_city) VIRTUAL;

ALTER TABLE orders ADD COLUMN ship_country_key TEXT GENERATED ALWAYS AS (ship_country_region) VIRTUAL;

CREATE INDEX orders_by_shipped_date ON orders (shipped_date, id);

CREATE INDEX orders_by_paid_date ON orders (paid_date, id);

CREATE INDEX orders_by_city ON orders (ship_city_key, id);

CREATE INDEX orders_by_country ON orders (ship_country_key, id);
