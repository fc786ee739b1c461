-- Who changed what: one row per change of a resource, written in the transaction of the change, numbered without gaps
-- and chained by hashes per resource, so that a row that was altered or taken out shows.

-- before_state and after_state are the resource as the API answers it, in JSON; NULL where there is none. write_id is
-- the same for every attempt at one write: a program that lost the answer to its COMMIT finds out by it.
CREATE TABLE IF NOT EXISTS audit_log (
  resource VARCHAR(20) NOT NULL,
  resource_id INT NOT NULL,
  sequence INT NOT NULL,
  happened_at DATETIME NOT NULL,
  principal VARCHAR(100) NOT NULL,
  request_id VARCHAR(64) NOT NULL,
  write_id CHAR(36) NOT NULL,
  action VARCHAR(10) NOT NULL,
  before_state LONGTEXT NULL,
  after_state LONGTEXT NULL,
  previous_hash CHAR(64) NOT NULL,
  hash CHAR(64) NOT NULL,
  PRIMARY KEY (resource, resource_id, sequence),
  UNIQUE KEY audit_log_by_write (write_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- A key belongs to whoever sent it.
ALTER TABLE idempotency_keys ADD COLUMN IF NOT EXISTS principal VARCHAR(100) NOT NULL DEFAULT 'local' FIRST;
ALTER TABLE idempotency_keys DROP PRIMARY KEY, ADD PRIMARY KEY (principal, idempotency_key, method, path);
