-- What guards a write: the version of each resource, which every write of this program raises, and the answers to
-- requests that carried an Idempotency-Key, so that a repeated request gets the first answer instead of a second effect.

ALTER TABLE orders ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE employees ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shippers ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE suppliers ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

-- fingerprint is SHA-256 of the body as hexadecimal digits; answer is the JSON that was sent.
CREATE TABLE idempotency_keys (
  idempotency_key TEXT NOT NULL CHECK (LENGTH(idempotency_key) <= 255),
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  fingerprint TEXT NOT NULL CHECK (LENGTH(fingerprint) = 64),
  status INTEGER NOT NULL,
  location TEXT,
  etag TEXT,
  answer TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at IS datetime(created_at)),
  PRIMARY KEY (idempotency_key, method, path)
) STRICT;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
