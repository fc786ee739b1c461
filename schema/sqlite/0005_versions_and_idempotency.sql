-- What guards a write: the version of each resource, which every write of this program raises, and the answers to
-- requests that carried an Idempotency-Key, so that a repeated request gets the first answer instead of a second effect.

ALTER TABLE orders ADD COLUMN version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647);
ALTER TABLE customers ADD COLUMN version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647);
ALTER TABLE employees ADD COLUMN version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647);
ALTER TABLE shippers ADD COLUMN version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647);
ALTER TABLE suppliers ADD COLUMN version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647);
ALTER TABLE products ADD COLUMN version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647);

-- fingerprint is SHA-256 of the body as hexadecimal digits; answer is the JSON that was sent.
CREATE TABLE idempotency_keys (
  idempotency_key TEXT NOT NULL CHECK (LENGTH(idempotency_key) <= 255),
  method TEXT NOT NULL CHECK (LENGTH(method) <= 10),
  path TEXT NOT NULL CHECK (LENGTH(path) <= 200),
  fingerprint TEXT NOT NULL CHECK (LENGTH(fingerprint) = 64),
  status INTEGER NOT NULL CHECK (status BETWEEN -32768 AND 32767),
  location TEXT CHECK (LENGTH(location) <= 200),
  etag TEXT CHECK (LENGTH(etag) <= 50),
  answer TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at IS datetime(created_at)),
  PRIMARY KEY (idempotency_key, method, path)
) STRICT;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
