-- The logo of the company: one row, which is always there, so that its versions and its history never begin again.
-- Without a logo everything but the version is NULL. The bytes are here and nowhere else: the audit log has their hash.

CREATE TABLE company_logo (
  id INT NOT NULL PRIMARY KEY CHECK (id = 1),
  media_type TEXT CHECK (LENGTH(media_type) <= 20),
  width INTEGER CHECK (width BETWEEN -32768 AND 32767),
  height INTEGER CHECK (height BETWEEN -32768 AND 32767),
  byte_count INTEGER CHECK (byte_count BETWEEN -2147483648 AND 2147483647),
  sha256 TEXT CHECK (LENGTH(sha256) = 64),
  content BLOB,
  version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;

INSERT INTO company_logo (id) VALUES (1);
