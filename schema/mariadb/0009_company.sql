-- The company whose orders these are: one row. Until somebody sets it, it trades in US dollars, by UTC and in English,
-- as every database did before. version is 0 until the first change, and confirmed says whether the pages still ask.

CREATE TABLE IF NOT EXISTS company (
  id INT NOT NULL PRIMARY KEY,
  name VARCHAR(100) NULL,
  address VARCHAR(255) NULL,
  city VARCHAR(50) NULL,
  state_province VARCHAR(50) NULL,
  zip_postal_code VARCHAR(15) NULL,
  country_region VARCHAR(50) NULL,
  vat_id VARCHAR(20) NULL,
  iban VARCHAR(34) NULL,
  bic VARCHAR(11) NULL,
  currency CHAR(3) NOT NULL DEFAULT 'USD',
  time_zone VARCHAR(64) NOT NULL DEFAULT 'UTC',
  language CHAR(2) NOT NULL DEFAULT 'en',
  working_days VARCHAR(7) NOT NULL DEFAULT '12345',
  invoice_prefix VARCHAR(10) NOT NULL DEFAULT '',
  credit_note_prefix VARCHAR(10) NOT NULL DEFAULT '',
  purchase_order_prefix VARCHAR(10) NOT NULL DEFAULT '',
  payment_days SMALLINT NOT NULL DEFAULT 30,
  terms VARCHAR(2000) NULL,
  confirmed TINYINT(1) NOT NULL DEFAULT 0,
  version INT NOT NULL DEFAULT 0
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

INSERT INTO company (id) SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM company WHERE id = 1);
