-- The feed of changes: every audit entry gets a number that grows in the order in which readers of the feed see it. A
-- number that an INSERT took would not do: of two open transactions the one with the higher number may commit first, and
-- a reader that has passed it would never see the lower one. So committed entries are numbered when the feed is read.

CREATE TABLE audit_log_with_feed (
  -- Numbers the entries in the order in which they were written, which is the order for numbering them in the feed.
  entry_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
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
  client_request_id TEXT CHECK (LENGTH(client_request_id) <= 64),
  -- The version of the resource after the change; NULL after it was deleted.
  version INTEGER CHECK (version BETWEEN -2147483648 AND 2147483647),
  feed_sequence INTEGER
) STRICT;

-- Entries that are there already: every write of this program raised the version by one, from 0 on. They are numbered by
-- their time. A clock that was set back must not put a change before an earlier one of its resource.
INSERT INTO audit_log_with_feed (resource, resource_id, sequence, happened_at, principal, request_id, write_id, action,
  before_state, after_state, previous_hash, hash, client_request_id, version, feed_sequence)
SELECT resource, resource_id, sequence, happened_at, principal, request_id, write_id, action,
  before_state, after_state, previous_hash, hash, client_request_id,
  CASE WHEN action <> 'delete' THEN sequence - (first_action = 'create') END,
  ROW_NUMBER() OVER (ORDER BY latest_at, resource = 'order', resource, sequence, resource_id)
FROM (
  SELECT audit_log.*,
    FIRST_VALUE(action) OVER (PARTITION BY resource, resource_id ORDER BY sequence) AS first_action,
    MAX(happened_at) OVER (PARTITION BY resource, resource_id ORDER BY sequence) AS latest_at
  FROM audit_log
)
ORDER BY latest_at, resource = 'order', resource, sequence, resource_id;

DROP TABLE audit_log;
ALTER TABLE audit_log_with_feed RENAME TO audit_log;
CREATE UNIQUE INDEX audit_log_of_resource ON audit_log (resource, resource_id, sequence);
CREATE UNIQUE INDEX audit_log_by_write ON audit_log (write_id);
CREATE INDEX audit_log_by_feed ON audit_log (feed_sequence, entry_id);

-- One row: the last number that was given. Whoever numbers entries holds it locked.
CREATE TABLE change_feed (
  id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -2147483648 AND 2147483647),
  last_sequence INTEGER NOT NULL
) STRICT;

INSERT INTO change_feed (id, last_sequence) SELECT 1, COALESCE(MAX(feed_sequence), 0) FROM audit_log;
