-- What guards a write: the version of each resource, which every write of this program raises, and the answers to
-- requests that carried an Idempotency-Key, so that a repeated request gets the first answer instead of a second effect.

ALTER TABLE orders ADD COLUMN IF NOT EXISTS version INT NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN IF NOT EXISTS version INT NOT NULL DEFAULT 0;
ALTER TABLE employees ADD COLUMN IF NOT EXISTS version INT NOT NULL DEFAULT 0;
ALTER TABLE shippers ADD COLUMN IF NOT EXISTS version INT NOT NULL DEFAULT 0;
ALTER TABLE suppliers ADD COLUMN IF NOT EXISTS version INT NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN IF NOT EXISTS version INT NOT NULL DEFAULT 0;

-- fingerprint is SHA-256 of the body as hexadecimal digits; answer is the JSON that was sent.
CREATE TABLE IF NOT EXISTS idempotency_keys (
  idempotency_key VARCHAR(255) NOT NULL,
  method VARCHAR(10) NOT NULL,
  path VARCHAR(200) NOT NULL,
  fingerprint CHAR(64) NOT NULL,
  status SMALLINT NOT NULL,
  location VARCHAR(200) NULL,
  etag VARCHAR(50) NULL,
  answer LONGTEXT NOT NULL,
  created_at DATETIME NOT NULL,
  PRIMARY KEY (idempotency_key, method, path),
  KEY idempotency_keys_by_age (created_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- The one text that is a key: unique on MariaDB by the same rule as on SQLite.
ALTER TABLE sales_reports MODIFY group_by VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL;
