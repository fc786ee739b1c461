-- The tables of one row refuse a second one on MariaDB too, as they always did on SQLite.

ALTER TABLE company ADD CONSTRAINT IF NOT EXISTS company_has_one_row CHECK (id = 1);
ALTER TABLE company_logo ADD CONSTRAINT IF NOT EXISTS company_logo_has_one_row CHECK (id = 1);
ALTER TABLE access ADD CONSTRAINT IF NOT EXISTS access_has_one_row CHECK (id = 1);
