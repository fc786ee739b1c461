-- The company whose orders these are: one row. Until somebody sets it, it trades in US dollars, by UTC and in English,
-- as every database did before. version is 0 until the first change, and confirmed says whether the pages still ask.

CREATE TABLE company (
  id INT NOT NULL PRIMARY KEY CHECK (id = 1),
  name TEXT CHECK (LENGTH(name) <= 100),
  address TEXT CHECK (LENGTH(address) <= 255),
  city TEXT CHECK (LENGTH(city) <= 50),
  state_province TEXT CHECK (LENGTH(state_province) <= 50),
  zip_postal_code TEXT CHECK (LENGTH(zip_postal_code) <= 15),
  country_region TEXT CHECK (LENGTH(country_region) <= 50),
  vat_id TEXT CHECK (LENGTH(vat_id) <= 20),
  iban TEXT CHECK (LENGTH(iban) <= 34),
  bic TEXT CHECK (LENGTH(bic) <= 11),
  currency TEXT NOT NULL DEFAULT 'USD' CHECK (LENGTH(currency) = 3),
  time_zone TEXT NOT NULL DEFAULT 'UTC' CHECK (LENGTH(time_zone) <= 64),
  language TEXT NOT NULL DEFAULT 'en' CHECK (LENGTH(language) = 2),
  working_days TEXT NOT NULL DEFAULT '12345' CHECK (LENGTH(working_days) <= 7),
  invoice_prefix TEXT NOT NULL DEFAULT '' CHECK (LENGTH(invoice_prefix) <= 10),
  credit_note_prefix TEXT NOT NULL DEFAULT '' CHECK (LENGTH(credit_note_prefix) <= 10),
  purchase_order_prefix TEXT NOT NULL DEFAULT '' CHECK (LENGTH(purchase_order_prefix) <= 10),
  payment_days INTEGER NOT NULL DEFAULT 30 CHECK (payment_days BETWEEN -32768 AND 32767),
  terms TEXT CHECK (LENGTH(terms) <= 2000),
  confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed BETWEEN -128 AND 127),
  version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;

INSERT INTO company (id) VALUES (1);
