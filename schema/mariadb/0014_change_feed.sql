-- The feed of changes: every audit entry gets a number that grows in the order in which readers of the feed see it. A
-- number that an INSERT took would not do: of two open transactions the one with the higher number may commit first, and
-- a reader that has passed it would never see the lower one. So committed entries are numbered when the feed is read.

-- Numbers the entries in the order in which they were written, which is the order for numbering them in the feed.
ALTER TABLE audit_log
  ADD COLUMN IF NOT EXISTS entry_id BIGINT NOT NULL AUTO_INCREMENT FIRST,
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (entry_id),
  ADD UNIQUE KEY IF NOT EXISTS audit_log_of_resource (resource, resource_id, sequence);

-- The version of the resource after the change; NULL after it was deleted.
ALTER TABLE audit_log ADD COLUMN IF NOT EXISTS version INT NULL;
ALTER TABLE audit_log ADD COLUMN IF NOT EXISTS feed_sequence BIGINT NULL;

-- Entries that are there already: every write of this program raised the version by one, from 0 on.
UPDATE audit_log AS entry
JOIN audit_log AS oldest
  ON oldest.resource = entry.resource AND oldest.resource_id = entry.resource_id AND oldest.sequence = 1
SET entry.version = entry.sequence - (oldest.action = 'create')
WHERE entry.version IS NULL AND entry.feed_sequence IS NULL AND entry.action <> 'delete';

-- They are numbered by their time. A clock that was set back must not put a change before an earlier one of its resource.
UPDATE audit_log AS entry
JOIN (
  SELECT entry_id, ROW_NUMBER() OVER (ORDER BY latest_at, resource = 'order', resource, sequence, resource_id) AS place
  FROM (
    SELECT entry_id, resource, resource_id, sequence,
      MAX(happened_at) OVER (PARTITION BY resource, resource_id ORDER BY sequence) AS latest_at
    FROM audit_log
  ) AS timed
) AS numbered ON numbered.entry_id = entry.entry_id
SET entry.feed_sequence = numbered.place
WHERE entry.feed_sequence IS NULL;

ALTER TABLE audit_log ADD INDEX IF NOT EXISTS audit_log_by_feed (feed_sequence, entry_id);

-- One row: the last number that was given. Whoever numbers entries holds it locked.
CREATE TABLE IF NOT EXISTS change_feed (
  id INT NOT NULL PRIMARY KEY,
  last_sequence BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

INSERT IGNORE INTO change_feed (id, last_sequence) SELECT 1, COALESCE(MAX(feed_sequence), 0) FROM audit_log;
