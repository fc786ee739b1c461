-- Who changed what: one row per change of a resource, written in the transaction of the change, numbered without gaps
-- and chained by hashes per resource, so that a row that was altered or taken out shows.

-- before_state and after_state are the resource as the API answers it, in JSON; NULL where there is none. write_id is
-- the same for every attempt at one write: a program that lost the answer to its COMMIT finds out by it.
CREATE TABLE audit_log (
  resource TEXT NOT NULL CHECK (LENGTH(resource) <= 20),
  resource_id INTEGER NOT NULL CHECK (resource_id BETWEEN -2147483648 AND 2147483647),
  sequence INTEGER NOT NULL CHECK (sequence BETWEEN -2147483648 AND 2147483647),
  happened_at TEXT NOT NULL CHECK (happened_at IS datetime(happened_at)),
  principal TEXT NOT NULL CHECK (LENGTH(principal) <= 100),
  request_id TEXT NOT NULL CHECK (LENGTH(request_id) <= 64),
  write_id TEXT NOT NULL CHECK (LENGTH(write_id) = 36),
  action TEXT NOT NULL CHECK (LENGTH(action) <= 10),
  before_state TEXT,
  after_state TEXT,
  previous_hash TEXT NOT NULL CHECK (LENGTH(previous_hash) = 64),
  hash TEXT NOT NULL CHECK (LENGTH(hash) = 64),
  PRIMARY KEY (resource, resource_id, sequence)
) STRICT;

CREATE UNIQUE INDEX audit_log_by_write ON audit_log (write_id);

-- A key belongs to whoever sent it.
CREATE TABLE idempotency_keys_of_principals (
  principal TEXT NOT NULL DEFAULT 'local' CHECK (LENGTH(principal) <= 100),
  idempotency_key TEXT NOT NULL CHECK (LENGTH(idempotency_key) <= 255),
  method TEXT NOT NULL CHECK (LENGTH(method) <= 10),
  path TEXT NOT NULL CHECK (LENGTH(path) <= 200),
  fingerprint TEXT NOT NULL CHECK (LENGTH(fingerprint) = 64),
  status INTEGER NOT NULL CHECK (status BETWEEN -32768 AND 32767),
  location TEXT CHECK (LENGTH(location) <= 200),
  etag TEXT CHECK (LENGTH(etag) <= 50),
  answer TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at IS datetime(created_at)),
  PRIMARY KEY (principal, idempotency_key, method, path)
) STRICT;

INSERT INTO idempotency_keys_of_principals
  (idempotency_key, method, path, fingerprint, status, location, etag, answer, created_at)
SELECT idempotency_key, method, path, fingerprint, status, location, etag, answer, created_at FROM idempotency_keys;

DROP TABLE idempotency_keys;
ALTER TABLE idempotency_keys_of_principals RENAME TO idempotency_keys;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
